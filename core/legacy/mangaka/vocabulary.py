"""The names that the earlier app gave its fields, and which of them never hold a writer's words."""

from __future__ import annotations


def names(words: str) -> frozenset[str]:
    """Words with white space between them, as a set."""
    return frozenset(words.split())


TECHNICAL = names("""
    id userId user_id projectId project_id script_id scriptId created_by createdBy savedBy saved_by
    page_id pageId pageIds currentPageId session_id sessionId item_id sourceId parentPanelId version
    pixiVersion canvasState activeTool lastActiveTab sourceType isUnifiedWithPanel
    transform zIndex blendMode filters layer panelStyle dialogueStyle textStyle bubbleStyleConfig
    backgroundColor tailPosition
""")
"""Ids, and how things look: kept with the row, but no words to be found again."""

NAMES = names("""
    createdAt created_at updatedAt updated_at lastModified last_modified savedAt exportDate timestamp
    migratedAt version_number lineNumber line_number pageNumber page_number panelNumber panel_number stats
    expanded currentPage totalPages lastSavedToDb lastSavedToLocal hasUnsavedChanges isLoading isSaving
    isNew addedAt
    script script_data scriptData content title name description lines chapters scenes panels dialogues
    dialogue characters backgrounds decors assembly metadata pages fileTree children elements objects
    bubbles texts images character text type formatting bold italic size position bubbleStyle shotType
    cameraAngle transition soundEffects style notes timing mood lighting location timeOfDay pageCount
    bubbleType traits relationships avatar image image_url prompt category environment atmosphere
    archetype pose camera_plan ambiance details background effects number layout stage state data
    charactersData backgroundsData decorsData scenesData assemblyData success message error
    original_prompt optimized_prompt image_type scene_settings character_ids decor_id status
    storage_path is_permanent original_xai_url upload_success upload_error additionalDetails
    cover_image pages_count credits_used generation_time_ms full_name email avatar_url item_id item_type
    width height x y rotation alpha scaleX scaleY visible locked properties src alt originalWidth
    originalHeight scaleFactor offsetX offsetY maintainAspectRatio imageData imageUrl pixiState
    format page_id pageId canvasData thumbnail_url expires_at pageIds label key value
""")
"""All that the app has called fields; any other name may be a writer's own word."""

UNTITLED = frozenset({"new script", "untitled script", "script sans titre", "mon manga", "untitled"})
"""What it called a script that nobody had named; folded."""
