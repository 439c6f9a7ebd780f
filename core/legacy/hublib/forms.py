"""The 19 tables of Hub-Lib as types: what a row of each says, under the names that its database had.

The words of a row (titles, comments, readmes) are kept exactly. Ids are Hub-Lib's own.
"""

from __future__ import annotations

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
