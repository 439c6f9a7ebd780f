"""Japanese spellings."""

from __future__ import annotations

from core.script.keywords.table import Language
from core.script.kinds import Audience

JAPANESE = Language(
    code="ja",
    name="日本語",
    chapter=("第",),
    scene=("シーン", "場面"),
    place=("〇", "○", "◯"),
    page=("ページ", "頁"),
    splash=("扉絵", "扉ページ", "扉"),
    spread=("見開き", "見開きページ"),
    panel=("コマ",),
    caption=("ナレーション", "ナレ", "キャプション", "N", "モノローグ", "M"),
    sfx=("効果音", "擬音", "SE", "描き文字"),
    sign=("看板", "タイトル", "張り紙", "テロップ"),
    note=("演出メモ", "メモ", "注", "備考", "演出"),
    audience={
        Audience.ARTIST: ("構図", "背景", "アクション", "作画", "作画メモ"),
        Audience.LETTERER: ("写植", "写植メモ"),
        Audience.COLOURIST: ("着色", "彩色"),
        Audience.EDITOR: ("編集メモ",),
    },
    describe=("描写", "ト書き", "コマ数", "ページ数", "状況", "場所", "時間", "人物", "表情", "あらすじ"),
    speech=("セリフ", "台詞"),
    cast=("登場人物", "登場人物紹介", "キャラクター", "人物紹介"),
    staging=(),
    front=("タイトル", "題名", "作者", "著者", "原作", "作画", "日付"),
    nothing=("なし", "無し"),
    numbers={},
    joins=("~", "〜", "・", "から"),
    doubtful=("N", "M"),
    modifiers={
        "off": ("画面外", "声のみ", "声だけ", "オフ"),
        "thought": ("モノローグ", "心の声", "M", "心中"),
        "whisper": ("小声", "ささやき", "囁き"),
        "burst": ("叫び", "大声", "怒鳴り"),
        "weak": ("弱", "弱々しく"),
        "singing": ("歌",),
        "radio": ("電話", "無線", "ラジオ", "テレビ"),
        "continued": ("続き", "つづき"),
    },
    suffixed={
        "page": ("ページ", "頁", "ページ目", "頁目", "P", "P目"),
        "panel": ("コマ目", "コマ"),
        "chapter": ("話", "章", "回", "幕", "部", "巻"),
    },
)
