"""How the editor looks: one style sheet for dark, light and colourless terminals."""

from __future__ import annotations

from screens.widgets.editor.styling import ROLE_CSS

EDITOR_CSS = f"""
ScriptEditor, EditorView {{
    width: 1fr;
    height: 1fr;
    overflow-x: hidden;
    overflow-y: scroll;
    scrollbar-size-vertical: 1;
    color: $foreground;
    background: $background;
    pointer: text;
    {ROLE_CSS}
    & .script-editor--current-line {{ background: $foreground 6%; }}
    & .script-editor--gutter {{ color: $foreground 40%; }}
    & .script-editor--current-gutter {{
        color: $foreground 70%; background: $foreground 6%; text-style: bold;
    }}
    & .script-editor--match {{
        color: $foreground; background: $warning 40%; text-style: underline;
    }}
    & .script-editor--selection {{ color: $foreground; background: $input-selection-background; }}
    & .script-editor--cursor {{ color: $input-cursor-foreground; background: $input-cursor-background; }}
    &:ansi {{
        & .script-editor--current-line {{ background: transparent; }}
        & .script-editor--current-gutter {{ background: transparent; }}
        & .script-editor--selection {{ background: transparent; text-style: reverse; }}
        & .script-editor--cursor {{ background: transparent; text-style: reverse; }}
    }}
}}
"""
