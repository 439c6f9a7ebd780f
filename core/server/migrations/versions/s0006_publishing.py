"""Published packs under their old names, their revisions, and who may see what of a draft."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PACKS = r"""
CREATE TABLE univers_packs (
    pack_id uuid NOT NULL PRIMARY KEY,
    univers_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    slug text NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    shown bigint,
    is_public boolean DEFAULT false NOT NULL,
    owner text DEFAULT SESSION_USER NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    updated_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT univers_packs_univers_id UNIQUE (univers_id),
    CONSTRAINT univers_packs_slug UNIQUE (slug),
    CONSTRAINT univers_packs_slug_plain CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 80),
    CONSTRAINT univers_packs_shown CHECK (shown BETWEEN 1 AND revision)
);
COMMENT ON TABLE univers_packs IS
    'Every pack that was ever published, whether it is now or not. Its row is locked while one publishes.';
COMMENT ON COLUMN univers_packs.pack_id IS 'The draft that it is made of.';
COMMENT ON COLUMN univers_packs.univers_id IS 'Its id in `univers`: the same again after unpublishing.';
COMMENT ON COLUMN univers_packs.slug IS 'Its name in addresses; no two packs have the same.';
COMMENT ON COLUMN univers_packs.revision IS 'The number of the last row of `univers_revisions`.';
COMMENT ON COLUMN univers_packs.shown IS
    'The revision whose manifest is what the other tables hold; NULL: it is not published.';
COMMENT ON COLUMN univers_packs.is_public IS 'Whether other logins than its owner see it.';
COMMENT ON COLUMN univers_packs.owner IS 'The login that published it first.';
COMMENT ON COLUMN univers_packs.created_at IS 'When it was published first.';
COMMENT ON COLUMN univers_packs.updated_at IS 'Kept by a trigger.';

CREATE TABLE univers_revisions (
    pack_id uuid NOT NULL REFERENCES univers_packs ON DELETE CASCADE,
    revision bigint NOT NULL,
    action text NOT NULL,
    shows bigint,
    is_public boolean NOT NULL,
    expected_revision bigint NOT NULL,
    request_id uuid NOT NULL,
    manifest jsonb,
    manifest_sha256 bytea,
    author text DEFAULT SESSION_USER NOT NULL,
    made_at timestamptz DEFAULT now() NOT NULL,
    PRIMARY KEY (pack_id, revision),
    CONSTRAINT univers_revisions_request_id UNIQUE (request_id),
    CONSTRAINT univers_revisions_action CHECK (action IN ('publish', 'return', 'unpublish', 'visibility')),
    CONSTRAINT univers_revisions_numbers CHECK (revision > 0 AND revision = expected_revision + 1),
    CONSTRAINT univers_revisions_manifest CHECK (
        (action = 'publish') = (manifest IS NOT NULL)
        AND (manifest IS NULL) = (manifest_sha256 IS NULL)
        AND (manifest IS NULL OR jsonb_typeof(manifest) = 'object' AND octet_length(manifest_sha256) = 32)
    ),
    CONSTRAINT univers_revisions_shows CHECK (CASE action
        WHEN 'publish' THEN shows IS NOT DISTINCT FROM revision
        WHEN 'return' THEN shows IS NOT NULL AND shows < revision
        WHEN 'unpublish' THEN shows IS NULL
        ELSE true END)
);
COMMENT ON TABLE univers_revisions IS
    'What was done to published packs, with all that each publication held. Rows are added, never changed.';
COMMENT ON COLUMN univers_revisions.pack_id IS 'The pack.';
COMMENT ON COLUMN univers_revisions.revision IS 'From 1, without gaps, for each pack.';
COMMENT ON COLUMN univers_revisions.action IS
    'publish, return (to an older manifest), unpublish, or visibility.';
COMMENT ON COLUMN univers_revisions.shows IS
    'The revision whose manifest is current from then on; NULL: none, it is not published.';
COMMENT ON COLUMN univers_revisions.is_public IS 'Whether others saw the pack from then on.';
COMMENT ON COLUMN univers_revisions.expected_revision IS 'The last revision that its author had seen.';
COMMENT ON COLUMN univers_revisions.request_id IS
    'Made by the writer''s machine: the same request sent again is done once.';
COMMENT ON COLUMN univers_revisions.manifest IS
    'The whole pack: names, texts, prompts, assets in their order, files by their SHA-256.';
COMMENT ON COLUMN univers_revisions.manifest_sha256 IS
    'Checksum of the manifest as JSON with sorted keys and no spaces.';
COMMENT ON COLUMN univers_revisions.author IS 'The login that did it.';
COMMENT ON COLUMN univers_revisions.made_at IS 'When, by the server''s clock.';

CREATE TABLE univers_media (
    pack_id uuid NOT NULL REFERENCES univers_packs ON DELETE CASCADE,
    sha256 bytea NOT NULL,
    PRIMARY KEY (pack_id, sha256),
    CONSTRAINT univers_media_sha256 CHECK (octet_length(sha256) = 32)
);
CREATE INDEX univers_media_by_sha256 ON univers_media (sha256);
COMMENT ON TABLE univers_media IS
    'The files that any revision of a pack names: what is named here is never cleared from the media store.';
COMMENT ON COLUMN univers_media.pack_id IS 'The pack.';
COMMENT ON COLUMN univers_media.sha256 IS 'Checksum of the file, which is its name in the media store.';
"""

UNIVERS = r"""
CREATE TABLE univers (
    id bigint NOT NULL PRIMARY KEY REFERENCES univers_packs (univers_id) ON DELETE CASCADE,
    pack_id uuid NOT NULL,
    revision bigint NOT NULL,
    name text NOT NULL,
    slug text NOT NULL,
    description text DEFAULT '' NOT NULL,
    theme text DEFAULT '' NOT NULL,
    thumbnail_url text,
    is_public boolean DEFAULT false NOT NULL,
    owner text NOT NULL,
    owner_id uuid,
    background_music text,
    background_color text,
    created_at timestamptz DEFAULT now() NOT NULL,
    updated_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT univers_pack_id UNIQUE (pack_id),
    CONSTRAINT univers_slug UNIQUE (slug),
    CONSTRAINT univers_is_a_revision FOREIGN KEY (pack_id, revision) REFERENCES univers_revisions
        ON DELETE CASCADE,
    CONSTRAINT univers_name_given CHECK (name <> ''),
    CONSTRAINT univers_background_color CHECK (background_color ~ '^#[0-9a-f]{6}$')
);
COMMENT ON TABLE univers IS 'The packs that are published now, one row each.';
COMMENT ON COLUMN univers.id IS 'A number that stays with the pack.';
COMMENT ON COLUMN univers.pack_id IS 'The draft that it is made of.';
COMMENT ON COLUMN univers.revision IS 'The revision whose manifest these rows were made from.';
COMMENT ON COLUMN univers.name IS 'Its name, in its first language.';
COMMENT ON COLUMN univers.slug IS 'Its name in addresses, and the folder of its files in an export.';
COMMENT ON COLUMN univers.description IS 'What it is about.';
COMMENT ON COLUMN univers.theme IS 'The key of its theme.';
COMMENT ON COLUMN univers.thumbnail_url IS 'The picture of its cover: slug and image_name. NULL: none.';
COMMENT ON COLUMN univers.is_public IS 'Whether other logins than its owner see it, and what belongs to it.';
COMMENT ON COLUMN univers.owner IS 'The login that published it first.';
COMMENT ON COLUMN univers.owner_id IS 'Of the earlier program, which knew people by UUIDs; NULL.';
COMMENT ON COLUMN univers.background_music IS 'Its music in the first language: slug and file. NULL: none.';
COMMENT ON COLUMN univers.background_color IS '#rrggbb; NULL: none.';
COMMENT ON COLUMN univers.created_at IS 'When the pack was made visible here.';
COMMENT ON COLUMN univers.updated_at IS 'Kept by a trigger.';

CREATE TABLE univers_translations (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL PRIMARY KEY,
    univers_id bigint NOT NULL REFERENCES univers ON DELETE CASCADE,
    language text NOT NULL,
    name text NOT NULL,
    CONSTRAINT univers_translations_once UNIQUE (univers_id, language),
    CONSTRAINT valid_language CHECK (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$')
);
COMMENT ON TABLE univers_translations IS 'The names of packs in each of their languages.';
COMMENT ON COLUMN univers_translations.id IS 'A number.';
COMMENT ON COLUMN univers_translations.univers_id IS 'The pack.';
COMMENT ON COLUMN univers_translations.language IS 'A language code: fr, en, ja, pt-BR.';
COMMENT ON COLUMN univers_translations.name IS 'The name in it.';

CREATE TABLE univers_prompts (
    id uuid DEFAULT gen_random_uuid() NOT NULL PRIMARY KEY,
    univers_id bigint NOT NULL REFERENCES univers ON DELETE CASCADE,
    default_image_prompt text,
    default_video_prompt text,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT univers_prompts_once UNIQUE (univers_id)
);
COMMENT ON TABLE univers_prompts IS 'What assets without a prompt of their own are made from.';
COMMENT ON COLUMN univers_prompts.id IS 'An id.';
COMMENT ON COLUMN univers_prompts.univers_id IS 'The pack.';
COMMENT ON COLUMN univers_prompts.default_image_prompt IS 'For pictures; {concept} stands for the asset.';
COMMENT ON COLUMN univers_prompts.default_video_prompt IS 'For clips; {concept} stands for the asset.';
COMMENT ON COLUMN univers_prompts.created_at IS 'When it was published.';

CREATE TABLE univers_music_prompts (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL PRIMARY KEY,
    univers_id bigint NOT NULL REFERENCES univers ON DELETE CASCADE,
    language text NOT NULL,
    prompt text NOT NULL,
    lyrics text NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT unique_music_prompt_per_lang UNIQUE (univers_id, language),
    CONSTRAINT valid_music_language CHECK (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$')
);
COMMENT ON TABLE univers_music_prompts IS 'The songs of packs, one for a language.';
COMMENT ON COLUMN univers_music_prompts.id IS 'A number.';
COMMENT ON COLUMN univers_music_prompts.univers_id IS 'The pack.';
COMMENT ON COLUMN univers_music_prompts.language IS 'A language code.';
COMMENT ON COLUMN univers_music_prompts.prompt IS 'How the music is to be.';
COMMENT ON COLUMN univers_music_prompts.lyrics IS 'The words that are sung.';
COMMENT ON COLUMN univers_music_prompts.created_at IS 'When it was published.';
"""

ASSETS = r"""
CREATE TABLE univers_assets (
    id uuid NOT NULL PRIMARY KEY,
    univers_id bigint NOT NULL REFERENCES univers ON DELETE CASCADE,
    sort_order bigint NOT NULL,
    image_name text NOT NULL,
    display_name text NOT NULL,
    kind text DEFAULT 'other' NOT NULL,
    animation_url text,
    image_sha256 bytea,
    clip_sha256 bytea,
    music_sha256 bytea,
    created_at timestamptz DEFAULT now() NOT NULL,
    updated_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT univers_assets_order UNIQUE (univers_id, sort_order) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT univers_assets_image_name UNIQUE (univers_id, image_name),
    CONSTRAINT univers_assets_order_counts CHECK (sort_order >= 0),
    CONSTRAINT univers_assets_plain_name CHECK (image_name ~ '^[0-9a-z_-]+(\.[0-9a-z]+)?$')
);
COMMENT ON TABLE univers_assets IS 'The assets of the packs that are published now.';
COMMENT ON COLUMN univers_assets.id IS 'Made of the ids of pack and asset: the same at each publication.';
COMMENT ON COLUMN univers_assets.univers_id IS 'The pack.';
COMMENT ON COLUMN univers_assets.sort_order IS 'From 0, without gaps.';
COMMENT ON COLUMN univers_assets.image_name IS
    'The name of its picture below the slug; another picture has another name.';
COMMENT ON COLUMN univers_assets.display_name IS 'Its name in the pack''s first language.';
COMMENT ON COLUMN univers_assets.kind IS 'character, background, prop, cover or other.';
COMMENT ON COLUMN univers_assets.animation_url IS
    'Its clip below the slug, where that can not be told from image_name; NULL otherwise.';
COMMENT ON COLUMN univers_assets.image_sha256 IS 'Its picture in the media store; NULL: none.';
COMMENT ON COLUMN univers_assets.clip_sha256 IS 'Its clip in the media store; NULL: none.';
COMMENT ON COLUMN univers_assets.music_sha256 IS 'Its music in the media store; NULL: none.';
COMMENT ON COLUMN univers_assets.created_at IS 'When it was published first.';
COMMENT ON COLUMN univers_assets.updated_at IS 'Kept by a trigger.';

CREATE TABLE univers_assets_prompts (
    id uuid DEFAULT gen_random_uuid() NOT NULL PRIMARY KEY,
    asset_id uuid NOT NULL REFERENCES univers_assets ON DELETE CASCADE,
    custom_image_prompt text,
    custom_video_prompt text,
    generation_count bigint DEFAULT 1 NOT NULL,
    last_generated_at timestamptz,
    CONSTRAINT univers_assets_prompts_once UNIQUE (asset_id),
    CONSTRAINT univers_assets_prompts_count CHECK (generation_count >= 0)
);
COMMENT ON TABLE univers_assets_prompts IS 'What assets were made from.';
COMMENT ON COLUMN univers_assets_prompts.id IS 'An id.';
COMMENT ON COLUMN univers_assets_prompts.asset_id IS 'The asset.';
COMMENT ON COLUMN univers_assets_prompts.custom_image_prompt IS
    'For its picture, as it was sent; without placeholders.';
COMMENT ON COLUMN univers_assets_prompts.custom_video_prompt IS
    'For its clip, as it was sent; without placeholders.';
COMMENT ON COLUMN univers_assets_prompts.generation_count IS 'How often something was made for it.';
COMMENT ON COLUMN univers_assets_prompts.last_generated_at IS 'When the last time was.';

CREATE TABLE univers_assets_translations (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL PRIMARY KEY,
    asset_id uuid NOT NULL REFERENCES univers_assets ON DELETE CASCADE,
    language text NOT NULL,
    display_name text NOT NULL,
    CONSTRAINT univers_assets_translations_once UNIQUE (asset_id, language),
    CONSTRAINT valid_asset_language CHECK (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$')
);
COMMENT ON TABLE univers_assets_translations IS 'The names of assets in each language.';
COMMENT ON COLUMN univers_assets_translations.id IS 'A number.';
COMMENT ON COLUMN univers_assets_translations.asset_id IS 'The asset.';
COMMENT ON COLUMN univers_assets_translations.language IS 'A language code.';
COMMENT ON COLUMN univers_assets_translations.display_name IS 'The name in it.';
"""

TRIGGERS = """
CREATE TRIGGER touch BEFORE UPDATE ON univers_packs FOR EACH ROW EXECUTE FUNCTION genko_touch();
CREATE TRIGGER touch BEFORE UPDATE ON univers FOR EACH ROW EXECUTE FUNCTION genko_touch();
CREATE TRIGGER touch BEFORE UPDATE ON univers_assets FOR EACH ROW EXECUTE FUNCTION genko_touch();

CREATE FUNCTION genko_append_only_pack() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A pack's rows may go with the pack itself, which is gone by then.
    IF TG_OP = 'DELETE' THEN
        PERFORM FROM univers_packs WHERE pack_id = OLD.pack_id;
        IF NOT FOUND THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'rows of % are only added, never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
COMMENT ON FUNCTION genko_append_only_pack() IS
    'Refuses every change of rows of packs that are only ever added.';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON univers_revisions
    FOR EACH ROW EXECUTE FUNCTION genko_append_only_pack();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON univers_revisions
    FOR EACH STATEMENT EXECUTE FUNCTION genko_append_only_pack();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON univers_media
    FOR EACH ROW EXECUTE FUNCTION genko_append_only_pack();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON univers_media
    FOR EACH STATEMENT EXECUTE FUNCTION genko_append_only_pack();
"""

SHARED = """
ALTER TABLE projects ADD COLUMN shared boolean DEFAULT false NOT NULL;
COMMENT ON COLUMN projects.shared IS
    'Of a draft: whether other logins than created_by see it, which its visibility says. Kept by a trigger.';

CREATE FUNCTION genko_shares() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE projects SET shared = (coalesce(NEW.content->>'visibility', '') = 'public')
    WHERE project_id = NEW.project_id
    AND shared <> (coalesce(NEW.content->>'visibility', '') = 'public');
    RETURN NULL;
END $$;
COMMENT ON FUNCTION genko_shares() IS 'Keeps projects.shared as the record of the draft says.';
CREATE TRIGGER shares AFTER INSERT OR UPDATE OF content ON records FOR EACH ROW
    WHEN (NEW.section = 'pack' AND NEW.record_id = 'pack') EXECUTE FUNCTION genko_shares();
"""

OF_PROJECTS = ("updates", "versions", "pages", "records", "media", "imports")
"""Tables whose rows are seen by whoever sees their project."""

RULES = """
CREATE POLICY drafts_of_others ON projects
    USING (kind <> 'draft' OR shared OR created_by = SESSION_USER);
ALTER TABLE projects ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY packs_of_others ON univers_packs USING (is_public OR owner = SESSION_USER);
ALTER TABLE univers_packs ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY packs_of_others ON univers USING (is_public OR owner = SESSION_USER);
ALTER TABLE univers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- What was published while the pack was private stays so, unless it is what is shown now.
CREATE POLICY packs_of_others ON univers_revisions
    USING (EXISTS (
        SELECT FROM univers_packs p WHERE p.pack_id = univers_revisions.pack_id
        AND (univers_revisions.is_public OR p.owner = SESSION_USER OR p.shown = univers_revisions.revision)))
    WITH CHECK (EXISTS (SELECT FROM univers_packs p WHERE p.pack_id = univers_revisions.pack_id));
ALTER TABLE univers_revisions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- Not forced: genko_named_media runs as the owner and has to see what everybody's packs name.
CREATE POLICY packs_of_others ON univers_media
    USING (EXISTS (SELECT FROM univers_packs p WHERE p.pack_id = univers_media.pack_id));
ALTER TABLE univers_media ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION genko_named_media(wanted bytea[]) RETURNS SETOF bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT DISTINCT sha256 FROM public.univers_media WHERE sha256 = ANY(wanted)
$$;
COMMENT ON FUNCTION genko_named_media(bytea[]) IS
    'Which of these files any revision of any pack names, other logins'' private ones among them.';
"""

OF_UNIVERS = ("univers_translations", "univers_prompts", "univers_music_prompts", "univers_assets")
OF_ASSETS = ("univers_assets_prompts", "univers_assets_translations")
RULE = """
CREATE POLICY {name} ON {table} USING (EXISTS (SELECT FROM {of} o WHERE o.{id} = {table}.{key}));
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
"""

CHANGED = ("univers", *OF_UNIVERS, *OF_ASSETS)
"""Tables whose rows come and go."""
USE = "SELECT, INSERT, UPDATE, DELETE"
JOBS = "generation_jobs, generation_results, generation_queues"
GRANTS = """
DO $$
DECLARE given record;
BEGIN
    FOR given IN
        SELECT a.privilege_type AS may,
               CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END AS who
        FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a
        WHERE c.oid = 'pages'::regclass AND a.grantee <> c.relowner
        AND a.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
    LOOP
        EXECUTE format('GRANT %s ON {changed} TO %s', given.may, given.who);
        IF given.may <> 'DELETE' THEN
            EXECUTE format('GRANT %s ON univers_packs TO %s', given.may, given.who);
        END IF;
        IF given.may IN ('SELECT', 'INSERT') THEN
            EXECUTE format('GRANT %s ON univers_revisions, univers_media TO %s', given.may, given.who);
        END IF;
        IF given.may = 'INSERT' THEN  -- who writes has things made, too: docs/workers.md
            EXECUTE format('GRANT USAGE ON SCHEMA genko_queue TO %s', given.who);
            EXECUTE format('GRANT {use} ON ALL TABLES IN SCHEMA genko_queue TO %s', given.who);
            EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA genko_queue TO %s', given.who);
            EXECUTE format('GRANT {use} ON {jobs} TO %s', given.who);
        END IF;
    END LOOP;
END $$;
"""


def _rules() -> str:
    rules = [RULES]
    rules += [
        RULE.format(name="drafts_of_others", table=table, of="projects", id="project_id", key="project_id")
        for table in OF_PROJECTS
    ]
    for tables, of, key in ((OF_UNIVERS, "univers", "univers_id"), (OF_ASSETS, "univers_assets", "asset_id")):
        rules += [RULE.format(name="packs_of_others", table=one, of=of, id="id", key=key) for one in tables]
    return "".join(rules)


def upgrade() -> None:
    """Make the tables, close them to others, and open them to those who may use Genko's."""
    connection = op.get_bind()
    grants = GRANTS.replace("{changed}", ", ".join(CHANGED)).replace("{use}", USE).replace("{jobs}", JOBS)
    for step in (PACKS, UNIVERS, ASSETS, TRIGGERS, SHARED, _rules(), grants):
        connection.exec_driver_sql(step.replace("%", "%%"))


def downgrade() -> None:
    """There is no way back: what was published would go with the tables."""
    raise NotImplementedError("Published packs would be lost.")
