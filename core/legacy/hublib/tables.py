"""The 19 tables of Hub-Lib: which type a row has, what it names, and what must not be there twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.legacy.hublib.forms import (
    AdminConfig,
    Category,
    CategoryFilter,
    Collection,
    CollectionResource,
    Comment,
    Event,
    Group,
    GroupMember,
    Notification,
    Profile,
    Rating,
    Resource,
    ResourceVersion,
    Row,
    SavedResource,
    Share,
    Suggestion,
    Template,
    UserRole,
    Vote,
)


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
