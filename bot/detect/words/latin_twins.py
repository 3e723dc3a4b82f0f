"""Characters that look like Latin letters or digits: what we need of Unicode's confusables.

By the Latin that is read, the code points that imitate it, in hexadecimal so that a reviewer sees
what is there; only those that compatibility decomposition doesn't give anyway. From confusables.txt
(UTS 39), as confusable-homoglyphs 3.3.1 had it in January 2024; the notice below goes with it.
"""

from __future__ import annotations

# UNICODE LICENSE V3
#
# COPYRIGHT AND PERMISSION NOTICE
#
# Copyright © 1991-2024 Unicode, Inc.
#
# NOTICE TO USER: Carefully read the following legal agreement. BY
# DOWNLOADING, INSTALLING, COPYING OR OTHERWISE USING DATA FILES, AND/OR
# SOFTWARE, YOU UNEQUIVOCALLY ACCEPT, AND AGREE TO BE BOUND BY, ALL OF THE
# TERMS AND CONDITIONS OF THIS AGREEMENT. IF YOU DO NOT AGREE, DO NOT
# DOWNLOAD, INSTALL, COPY, DISTRIBUTE OR USE THE DATA FILES OR SOFTWARE.
#
# Permission is hereby granted, free of charge, to any person obtaining a
# copy of data files and any associated documentation (the "Data Files") or
# software and any associated documentation (the "Software") to deal in the
# Data Files or Software without restriction, including without limitation
# the rights to use, copy, modify, merge, publish, distribute, and/or sell
# copies of the Data Files or Software, and to permit persons to whom the
# Data Files or Software are furnished to do so, provided that either (a)
# this copyright and permission notice appear with all copies of the Data
# Files or Software, or (b) this copyright and permission notice appear in
# associated Documentation.
#
# THE DATA FILES AND SOFTWARE ARE PROVIDED "AS IS", WITHOUT WARRANTY OF ANY
# KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
# MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT OF
# THIRD PARTY RIGHTS.
#
# IN NO EVENT SHALL THE COPYRIGHT HOLDER OR HOLDERS INCLUDED IN THIS NOTICE
# BE LIABLE FOR ANY CLAIM, OR ANY SPECIAL INDIRECT OR CONSEQUENTIAL DAMAGES,
# OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS,
# WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION,
# ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THE DATA
# FILES OR SOFTWARE.
#
# Except as contained in this notice, the name of a copyright holder shall
# not be used in advertising or otherwise to promote the sale, use or other
# dealings in these Data Files or Software without prior written
# authorization of the copyright holder.
#
# SPDX-License-Identifier: Unicode-3.0

_TWINS = {
    "2": "1a7 3e8 14bf a644 a6ef a75a",
    "3": "1b7 21c 417 4e0 2ccc a76a a7ab 118ca 16f3b 1d206",
    "4": "13ce 118af",
    "5": "1bc 118bb",
    "6": "431 13ee 2cd2 118d5",
    "7": "104d2 118c6 1d212",
    "8": "223 9ea a6a b03 1031a",
    "9": "9ed a67 b68 d6d 2cca a76e 118cc 118d6",
    "A": "13aa 15c5 a4ee 102a0 16f40",
    "AR": "1f707",
    "B": "392 412 13f4 15f7 a4d0 a7b4 10282 102a1 10301 1d6a9 1d6e3 1d71d 1d757 1d791",
    "C": "3f9 13df a4da 102a2 10302 1051c 118e9 118f2 1f74c",
    "D": "13a0 15de 15ea a4d3",
    "E": "395 13ac 22ff 2d39 a4f0 10286 118a6 118ae 1d6ac 1d6e6 1d720 1d75a 1d794",
    "F": "3dc 15b4 a4dd 10287 102a5 10525 118c2 1d213 1d7ca",
    "G": "50c 13c0 13f3 a4d6",
    "H": "397 41d 13bb 157c 2c8e a4e7 102cf 1d6ae 1d6e8 1d722 1d75c 1d796",
    "J": "13ab 148d a4d9 a7b2",
    "K": "39a 41a 13e6 16d5 2c94 a4d7 10518 1d6b1 1d6eb 1d725 1d75f 1d799",
    "L": "13de 14aa 2cd0 a4e1 1041b 10526 118a3 118b2 16f16 1d22a",
    "M": "39c 3fa 41c 13b7 15f0 16d6 2c98 a4df 102b0 10311 1d6b3 1d6ed 1d727 1d761 1d79b",
    "MB": "1f76b",
    "N": "39d 2c9a a4e0 10513 1d6b4 1d6ee 1d728 1d762 1d79c",
    "O": (
        "9e6 b20 b66 12d0 2d54 3007 a4f3 10292 102ab 10516 114d0 118b5 118e0 1d7ce 1d7d8 "
        "1d7e2 1d7ec 1d7f6 1fbf0"
    ),
    "P": "13e2 146d a4d1 10295",
    "Q": "2d55",
    "QE": "1f700",
    "R": "1a6 13a1 13d2 1587 a4e3 104b4 16f35 1d216",
    "S": "54f 13d5 13da a4e2 10296 16f3a",
    "T": (
        "3a4 422 13a2 22a4 27d9 2ca6 a4d4 10297 102b1 10315 118bc 16f0a 1d6bb 1d6f5 1d72f "
        "1d769 1d7a3 1f768"
    ),
    "T3": "a728",
    "U": "1200 144c 222a 22c3 a4f4 16f42",
    "V": "6f7 13d9 142f 2d38 a4e6 a6df 1051d 16f08 1d20d",
    "VB": "1f76c",
    "Vl": "2165",
    "Vll": "2166",
    "Vlll": "2167",
    "W": "13b3 13d4 a4ea 118e6 118ef",
    "X": (
        "3a7 166d 16b7 2573 2cac 2d5d a4eb a7b3 10290 102b4 10317 10322 10527 118ec 1d6be "
        "1d6f8 1d732 1d76c 1d7a6"
    ),
    "Xl": "216a",
    "Xll": "216b",
    "Y": "3a5 3d2 13a9 13bd 2ca8 a4ec 102b2 118a4 16f43 1d6bc 1d6f6 1d730 1d76a 1d7a4",
    "Z": "396 13c3 a4dc 102f5 118a9 118e5 1d6ad 1d6e7 1d721 1d75b 1d795",
    "a": "251 3b1 430 237a",
    "aa": "a733",
    "ae": "e6 4d5",
    "ao": "a735",
    "au": "a737",
    "av": "a739 a73b",
    "ay": "a73d",
    "b": "184 42c 13cf 1472 15af",
    "bl": "42b",
    "c": "3f2 441 1d04 2ca5 1043d",
    "d": "501 13e7 146f a4d2",
    "dz": "2a3",
    "e": "435 4bd 212e ab32",
    "f": "17f 584 1e9d a799 ab35",
    "g": "18d 261 581 1d83",
    "h": "4bb 570 13c2",
    "i": "131 269 26a 2db 37a 3b9 456 4cf 13a5 2373 a647 118c3",
    "j": "3f3 458",
    "l": (
        "196 1c0 399 406 4c0 6f1 16c1 2110 2111 2160 2223 23fd 2c92 2d4f a4f2 ff29 ffe8 1028a "
        "10309 10320 16f28 1d408 1d43c 1d470 1d4d8 1d540 1d574 1d5a8 1d5dc 1d610 1d644 1d678 "
        "1d6b0 1d6ea 1d724 1d75e 1d798 1d7cf 1d7d9 1d7e3 1d7ed 1d7f7 1fbf1"
    ),
    "lJ": "132",
    "lO": "42e",
    "lV": "2163",
    "lX": "2168",
    "ll": "1c1 2016 2161 2225",
    "lll": "2162",
    "ls": "2aa",
    "lt": "20b6",
    "lz": "2ab",
    "n": "578 57c",
    "o": (
        "3bf 3c3 43e 585 6f5 966 a66 ae6 be6 c02 c66 c82 ce6 d02 d20 d66 d82 e50 ed0 101d "
        "1040 10ff 1d0f 1d11 2c9f ab3d 1042c 104ea 118c8 118d7"
    ),
    "oe": "153",
    "oo": "221e a699 a74f",
    "p": "3c1 440 2374 2ca3",
    "q": "51b 563 566",
    "r": "433 1d26 2c85 ab47 ab48 ab81",
    "rn": (
        "217f 11700 118e3 1d426 1d45a 1d48e 1d4c2 1d4f6 1d52a 1d55e 1d592 1d5c6 1d5fa 1d62e "
        "1d662 1d696"
    ),
    "s": "1bd 455 a731 10448 118c1",
    "sss": "1f75c",
    "tf": "a777",
    "ts": "2a6",
    "u": "28b 3c5 57d 1d1c a79f ab4e ab52 104f6 118d8",
    "ue": "1d6b",
    "uo": "ab63",
    "v": "3bd 475 1d20 2228 22c1 11706 118c0",
    "w": "26f 461 51d 561 1d21 1170a 1170e 1170f",
    "x": "d7 445 1541 157d 166e 292b 292c 2a2f",
    "y": "263 28f 3b3 443 4af 10e7 1d8c 1eff ab5a 118dc",
    "z": "1d22 118c4",
}

LATIN = {int(code, 16): latin for latin, codes in _TWINS.items() for code in codes.split()}
