"""What something is called is no expression: a bare metavariable does not stand for it. Every row was put to Semgrep."""

from __future__ import annotations

import pytest
from finding import findings

LOOK = """
    patterns:
    - pattern: $Y
    - metavariable-regex: {metavariable: $Y, regex: '^.?zz\\w*$'}
"""

CODE = {
    "javascript": """
        let zza = 1;
        zzb = 1;
        for (const zzc of xs) { }
        try { } catch (zzd) { }
        function zze(zzf = 1, {zzg}, ...zzh) { }
        const {zzi, p: zzj} = q;
        xs.map(zzk => 1);
    """,
    "python": """
        zza = 1
        for zzb in xs: pass
        with f() as zzc: pass
        def zzd(zze=1, *zzf, **zzg): pass
        try: pass
        except E as zzh: pass
        [1 for zzi in xs]
        lambda zzj: 1
        zzk: int = 1
    """,
    "java": """
        class A { int zzb = 1; void f(int zzd) { int zze = 1; int zzf; zzg = 2;
         for (int zzh : xs) {}
         try {} catch (E zzi) {}
         f(zzj -> 1);
         } }
    """,
    "go": """
        package zza
        func f(zzc int) { zzd := 1
         var zze int = 1
         zzf = 1
         for _, zzg := range xs {}
         var zzh int
        }
    """,
    "php": """
        <?php
        function f($zzb) { $zzc = 1; foreach ($xs as $zzd) {}
         try {} catch (E $zze) {}
         $f = fn($zzf) => 1;
        }
    """,
    "ruby": """
        def f(zzb)
          zzc = 1
          xs.each { |zzd| 1 }
        end
    """,
    "kotlin": """
        fun f(zzb: Int) { val zzc = 1
         for (zzd in xs) {}
         zze = 2
         xs.map { zzf -> 1 }
        }
    """,
    "csharp": "class A { void f(int zzc) { int zzd = 1; zze = 1; foreach (var zzf in xs) {} } }\n",
}

STANDS_FOR = {
    "javascript": "zza zzb zzg zzi zzj",
    "python": "zza zzk",
    "java": "zzb zze zzg",
    "go": "zzd zze zzf",
    "php": "$zzc",
    "ruby": "zzc",
    "kotlin": "zzc zze",
    "csharp": "zzd zze",
}


@pytest.mark.parametrize("language", CODE)
def test_a_metavariable_stands_for_expressions_and_what_is_given_a_value(language: str) -> None:
    found = findings(language, LOOK, CODE[language], message="$Y")
    assert sorted({one.message for one in found}) == STANDS_FOR[language].split()
