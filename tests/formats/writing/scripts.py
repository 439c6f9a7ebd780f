"""A whole script in each of the three languages, with every kind of line."""

from __future__ import annotations

ENGLISH = """\
Title: The Lamp
Author: R. Oduya
Draft: 2

(A story in two pages.)

CHAPTER 1: Dusk

PAGE 1 (2 panels):

PANEL 1: Wide
INT. LIGHTHOUSE - NIGHT
(A stair winds up. PAGE after page of a log lies about.)
SETTING: Rust, salt, one lamp.
MARA (off): Who's there?
TOM (whisper) (radio): Nobody **you** know… <Nadie.>
CAPTION: Six o'clock.
SIGN: KEEP OUT
SFX: KRAK
[[check the stair
with Ines]]
ARTIST: no stars yet

PANEL 2:
MARA:
First line,
second line.

SFX: DOOM

SPLASH PAGE 2: The sea

PANELS 1-2:
(She runs.)
SCENE 3: The pier

PAGES 4-5: The bridge

PANEL 1:
TOM: =SUM of it all, and –never
"""
FRENCH = """\
Titre : La Lampe
Scénariste : R. Oduya
Tome : 2

(Une histoire en deux planches.)

CHAPITRE 1 : Crépuscule

PAGE 1 (2 cases) :

CASE 1 : Large
INT. PHARE - NUIT
(Un escalier monte. Œuvre à bâbord, çà et là.)
DÉCOR : Rouille, sel, une lampe.
MAËL (off) : Qui est là ?
ÉLOÏSE (chuchote) (radio) : Personne que **tu** connais… « Nadie. »
CARTOUCHE : Six heures.
PANNEAU : DÉFENSE D'ENTRER
SFX : KRAAK
[[vérifier l'escalier
avec Inès]]
DESSIN : pas encore d'étoiles

CASE 2 :
MAËL :
Première ligne,
deuxième ligne.

SFX : BOUM

PLEINE PAGE 2 : La mer

CASES 1-2 :
(Elle court.)
SCÈNE 3 : La jetée

PAGES 4-5 : Le pont

CASE 1 :
ÉLOÏSE : =TOTAL, et –jamais
"""
JAPANESE = """\
タイトル：ランプ
作者：小田矢
日付：二月

（二ページの話。）

第1話　夕暮れ

ページ1（2コマ）

コマ1：引き
〇灯台・夜
（らせん階段が上へ続く。航海日誌が散らばっている。）
背景：錆と塩、ランプがひとつ。
マラ（画面外）「だれ？」
トム（小声）（無線）「知らない**人**だよ！♪」
ナレーション：六時。
看板：立入禁止
効果音：ドン
[[階段を確認
イネスと]]
演出メモ：星はまだ出ていない

コマ2
マラ：
一行目、
二行目。

効果音：ゴゴゴ

扉絵2：海

コマ1-2
（彼女は走る。）
シーン3： 桟橋

ページ4-5：橋

コマ1
トム「=合計、そして終わり」
"""
SCRIPTS = {"en": ENGLISH, "fr": FRENCH, "ja": JAPANESE}
