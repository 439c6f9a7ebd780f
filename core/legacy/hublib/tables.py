"""The 19 tables of Hub-Lib as types: what a row of each says, under the names that its database had.

The words of a row (titles, comments, readmes) are kept exactly. Ids are Hub-Lib's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Literal, TypeAlias

import msgspec

Filled: TypeAlias = Annotated[str, msgspec.Meta(min_length=1)]
Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
Visibility: TypeAlias = Literal["public", "private", "shared_users", "shared_groups"]
ResourceType: TypeAlias = Literal["file_upload", "external_link", "github_repo"]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What every row has."""

    id: Filled
    created_at: datetime | None = None
    updated_at: datetime | None = None


class Profile(Row, frozen=True, kw_only=True):
    """Somebody who used it."""

    email: str | None = None
    username: str | None = None
    full_name: str | None = None
    bio: str | None = None
    avatar_url: str | None = None
    """An address, or the picture itself as a `data:` address."""
    github_username: str | None = None
    preferred_layout: str | None = None


class UserRole(Row, frozen=True, kw_only=True):
    """What somebody was allowed to do."""

    user_id: Filled
    role: Literal["super_admin", "admin", "moderator", "user", "guest"]


class Resource(Row, frozen=True, kw_only=True):
    """A link, a repository or a file that somebody shared."""

    title: Filled
    description: str
    user_id: str | None = None
    """None only in a plain list of resources."""
    category: str | None = None
    tags: tuple[str, ...] = ()
    resource_type: ResourceType = "external_link"
    visibility: Visibility = "public"
    github_url: str | None = None
    external_url: str | None = None
    file_path: str | None = None
    file_url: str | None = None
    file_size: str | None = None
    language: str | None = None
    license: str | None = None
    readme: str | None = None
    """Markdown."""
    average_rating: Annotated[float, msgspec.Meta(ge=0, le=5)] = 0.0
    """Never true in an export: the local program did not compute it. Compute it from the ratings."""
    ratings_count: Count = 0
    downloads_count: Count = 0
    views_count: Count = 0


class SavedResource(Row, frozen=True, kw_only=True):
    """A favourite."""

    user_id: Filled
    resource_id: Filled


class Rating(Row, frozen=True, kw_only=True):
    """One to five."""

    user_id: Filled
    resource_id: Filled
    rating: Annotated[int, msgspec.Meta(ge=1, le=5)]


class Share(Row, frozen=True, kw_only=True):
    """A resource lent to a person or to a group, never to both."""

    resource_id: Filled
    shared_with_user_id: str | None = None
    shared_with_group_id: str | None = None
    permission: Literal["read", "write"] = "read"
    expires_at: datetime | None = None


class Comment(Row, frozen=True, kw_only=True):
    """What somebody said of a resource, or answered."""

    resource_id: Filled
    user_id: Filled
    parent_id: str | None = None
    content: Filled


class Group(Row, frozen=True, kw_only=True):
    """Some people."""

    name: Filled
    description: str | None = None
    owner_id: Filled
    """A member too, though the local program did not write that down."""


class GroupMember(Row, frozen=True, kw_only=True):
    """Somebody in a group."""

    group_id: Filled
    user_id: Filled
    role: Literal["owner", "admin", "member"] = "member"
    added_at: datetime | None = None


class Notification(Row, frozen=True, kw_only=True):
    """Something that somebody was told."""

    user_id: Filled
    type: Filled
    title: str
    message: str
    resource_id: str | None = None
    group_id: str | None = None
    is_read: bool = False


class Suggestion(Row, frozen=True, kw_only=True):
    """A word that was proposed for categories, tags, kinds or filters."""

    name: Filled
    description: str | None = None
    type: Literal["category", "tag", "resource_type", "filter"]
    status: Literal["pending", "approved", "rejected"] = "pending"
    action: Literal["add"] = "add"
    votes_count: int = 0
    """A sum of votes, or a constant of the first start: compute it from the votes."""
    suggested_by: str | None = None
    reviewed_by: str | None = None
    reviewed_at: datetime | None = None


class Vote(Row, frozen=True, kw_only=True):
    """For or against a suggestion."""

    suggestion_id: Filled
    user_id: Filled
    vote_type: Literal["upvote", "downvote"] = "upvote"


class Template(Row, frozen=True, kw_only=True):
    """A form that a resource can be made from."""

    name: Filled
    description: str | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    readme: str | None = None
    icon: str | None = None
    preview: str | None = None
    is_public: bool = False
    created_by: str | None = None
    usage_count: Count = 0
    template_data: dict[str, Any] = {}


class Collection(Row, frozen=True, kw_only=True):
    """Resources that somebody put together."""

    name: Filled
    description: str | None = None
    user_id: Filled
    is_public: bool = False
    cover_image_url: str | None = None
    resources_count: Count = 0


class CollectionResource(Row, frozen=True, kw_only=True):
    """A resource in a collection, and at which place."""

    collection_id: Filled
    resource_id: Filled
    order_index: int = 0
    added_at: datetime | None = None


class AdminConfig(Row, frozen=True, kw_only=True):
    """A setting of the whole."""

    key: Filled
    value: Any
    """As what it means: `"5"` is 5, `"true"` is True."""
    description: str | None = None


class Category(Row, frozen=True, kw_only=True):
    """A node of the tree of categories."""

    name: Filled
    parent_id: str | None = None
    description: str | None = None
    order_index: int = 0
    is_active: bool = True


class CategoryFilter(Row, frozen=True, kw_only=True):
    """What resources of a category can be sifted by."""

    category_id: Filled
    filter_key: Filled
    filter_type: Literal["text", "select", "multiselect", "range", "date"]
    filter_label: str
    filter_options: tuple[str, ...] = ()
    is_required: bool = False
    order_index: int = 0


class ResourceVersion(Row, frozen=True, kw_only=True):
    """A resource as it was before a change."""

    resource_id: Filled
    version_number: Annotated[int, msgspec.Meta(ge=1)]
    title: Filled
    description: str
    created_by: Filled
    category: str | None = None
    tags: tuple[str, ...] = ()
    github_url: str | None = None
    external_url: str | None = None
    language: str | None = None
    readme: str | None = None
    file_path: str | None = None
    file_url: str | None = None
    file_size: str | None = None
    change_summary: str | None = None


class Event(Row, frozen=True, kw_only=True):
    """What the program counted: a page seen, a resource opened."""

    type: Filled
    user_id: str | None = None
    resource_id: str | None = None
    metadata: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names a row of another table."""

    column: str
    table: str
    needed: bool = True
    """Whether the row is nothing without it; else the reference is given up and the row stays."""


@dataclass(frozen=True)
class Table:
    """A table: its type and the rules of its rows."""

    name: str
    form: type[Row]
    references: tuple[Reference, ...] = ()
    unique: tuple[str, ...] = ()
    """Columns that no two rows have alike."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Other names of its columns in exports."""
    title: str = "name"
    """The column that a person would know the row by."""
    lengths: Mapping[str, int] = field(default_factory=dict)
    """The longest that the database took, in characters."""


_ORDER = {"order": "order_index"}
_PEOPLE = Reference("user_id", "profiles")
_RESOURCE = Reference("resource_id", "resources")
_CAMEL = {
    "isPublic": "is_public",
    "createdBy": "created_by",
    "usageCount": "usage_count",
    "templateData": "template_data",
    "createdAt": "created_at",
    "updatedAt": "updated_at",
}

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(
            "profiles", Profile, (), ("username",), title="username", lengths={"email": 255, "username": 255}
        ),
        Table("user_roles", UserRole, (_PEOPLE,), ("user_id",), title="role"),
        Table(
            "category_hierarchy", Category, (Reference("parent_id", "category_hierarchy", False),), (), _ORDER
        ),
        Table(
            "category_filters",
            CategoryFilter,
            (Reference("category_id", "category_hierarchy"),),
            (),
            _ORDER,
            title="filter_label",
        ),
        Table("admin_config", AdminConfig, (), ("key",), title="key"),
        Table(
            "category_tag_suggestions",
            Suggestion,
            (Reference("suggested_by", "profiles", False), Reference("reviewed_by", "profiles", False)),
            ("name", "type"),
            lengths={"name": 255},
        ),
        Table("groups", Group, (Reference("owner_id", "profiles"),), lengths={"name": 255}),
        Table(
            "group_members",
            GroupMember,
            (Reference("group_id", "groups"), _PEOPLE),
            ("group_id", "user_id"),
            title="role",
        ),
        Table("resources", Resource, (_PEOPLE,), title="title", lengths={"title": 500, "category": 255}),
        Table(
            "resource_versions",
            ResourceVersion,
            (_RESOURCE, Reference("created_by", "profiles")),
            ("resource_id", "version_number"),
            title="title",
            lengths={"title": 500},
        ),
        Table("collections", Collection, (_PEOPLE,), lengths={"name": 255}),
        Table(
            "collection_resources",
            CollectionResource,
            (Reference("collection_id", "collections"), _RESOURCE),
            ("collection_id", "resource_id"),
            _ORDER,
            title="",
        ),
        Table("resource_templates", Template, (Reference("created_by", "profiles", False),), (), _CAMEL),
        Table("saved_resources", SavedResource, (_PEOPLE, _RESOURCE), ("user_id", "resource_id"), title=""),
        Table("resource_ratings", Rating, (_PEOPLE, _RESOURCE), ("user_id", "resource_id"), title=""),
        Table(
            "resource_shares",
            Share,
            (
                _RESOURCE,
                Reference("shared_with_user_id", "profiles"),
                Reference("shared_with_group_id", "groups"),
            ),
            ("resource_id", "shared_with_user_id", "shared_with_group_id"),
            title="permission",
        ),
        Table(
            "resource_comments",
            Comment,
            (_RESOURCE, _PEOPLE, Reference("parent_id", "resource_comments", False)),
            title="content",
        ),
        Table(
            "suggestion_votes",
            Vote,
            (Reference("suggestion_id", "category_tag_suggestions"), _PEOPLE),
            ("suggestion_id", "user_id"),
            title="vote_type",
        ),
        Table(
            "notifications",
            Notification,
            (_PEOPLE, Reference("resource_id", "resources", False), Reference("group_id", "groups", False)),
            title="title",
            lengths={"title": 255},
        ),
    )
}
"""In the order in which they can be brought in: what is named comes before what names it."""

EVENTS = Table(
    "analytics",
    Event,
    (Reference("user_id", "profiles", False), Reference("resource_id", "resources", False)),
    (),
    {"userId": "user_id", "resourceId": "resource_id", "timestamp": "created_at"},
    title="type",
)
