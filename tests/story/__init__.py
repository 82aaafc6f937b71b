"""Plain stories, in Markdown, played through whole runs: see tests/stories/README.md for how they are written.

reader  text -> story; an unknown word is a mistake
lines   what a line of a story can say
stage   where a story is played: an office in memory, or the embedded Google
player  a story, day by day, against what comes out
"""
