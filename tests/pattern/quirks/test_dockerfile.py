"""What patterns mean in Dockerfiles."""

from __future__ import annotations

import pytest
from finding import lines

CODE = """
    FROM --platform=linux/amd64 shop:1.2@sha256:abc AS base
    FROM barn
    ARG SIZE=big
    ARG COLOR
    ENV A=b C="d e"
    ENV OLD way
    RUN mill grind -y corn && \\
        # the chaff
        mill sweep | tee log
    RUN ["mill", "stop"]
    RUN set -e; sudo mill rest
    USER root
    EXPOSE 80 443
    EXPOSE 22
    COPY --from=base --chown=a:b corn flour /bin/
    ADD 'corn' bread
    LABEL of=mill
    SHELL ["/bin/ash", "-o", "pipefail"]
    CMD ["mill", "run"]
    ENTRYPOINT mill run
    MAINTAINER miller
    USER guest
"""

REPORTS = [
    pytest.param("FROM $IMAGE", [1, 2], id="an image, whatever else is said of it"),
    pytest.param("FROM shop", [1], id="an image by its name"),
    pytest.param("FROM $IMAGE:$TAG", [1], id="an image with a tag"),
    pytest.param("FROM $IMAGE:$TAG@$DIGEST", [1], id="an image with a digest"),
    pytest.param("FROM --platform=$P $IMAGE", [1], id="an option"),
    pytest.param("FROM $IMAGE AS base", [1], id="a stage"),
    pytest.param("RUN ...", [7, 10, 11], id="whatever is run"),
    pytest.param("RUN mill grind ...", [7], id="a part of a command"),
    pytest.param("RUN ... sweep ...", [7], id="words around a word"),
    pytest.param("RUN $CMD ... && ...", [7], id="commands with an operator"),
    pytest.param("RUN ... | ...", [7], id="a pipe"),
    pytest.param("RUN set -e; ...", [11], id="commands in a row"),
    pytest.param('RUN ["mill", ...]', [10], id="an array"),
    pytest.param("mill sweep", [9], id="a command alone"),
    pytest.param("USER root", [12], id="a user"),
    pytest.param("USER $X\n...\nEXPOSE $P", [12], id="instructions far apart"),
    pytest.param("USER $X\n...\n$NEXT", [12], id="any instruction"),
    pytest.param("ARG $NAME", [4], id="an argument without a value"),
    pytest.param("ARG $NAME=...", [3], id="an argument with a value"),
    pytest.param("ENV ... C=$V ...", [5], id="one variable among others"),
    pytest.param("ENV OLD=way", [6], id="the old way to set a variable"),
    pytest.param("EXPOSE $PORT", [14], id="a port"),
    pytest.param("EXPOSE 80 ...", [13], id="a port and more"),
    pytest.param("COPY --from=base $A $B $C", [15], id="some options of all"),
    pytest.param("ADD corn $TO", [16], id="quotes count for nothing"),
    pytest.param('SHELL [..., "pipefail", ...]', [18], id="an element of an array"),
    pytest.param("CMD [...]", [19], id="any array"),
    pytest.param("ENTRYPOINT $WORD ...", [20], id="a command of a shell"),
    pytest.param("MAINTAINER $NAME", [21], id="a name"),
]

LEAVES_ALONE = [
    pytest.param("FROM shop:2.0", id="another tag"),
    pytest.param("FROM barn@$DIGEST", id="no digest"),
    pytest.param("RUN mill stop", id="an array is no command"),
    pytest.param("RUN sudo ...", id="not the first of commands in a row"),
    pytest.param("RUN ... && mill grind ...", id="operands in another order"),
    pytest.param("CMD $WORD ...", id="a command is no array"),
    pytest.param("ENTRYPOINT [...]", id="an array is no command of a shell"),
    pytest.param("EXPOSE 443", id="a port among others"),
    pytest.param("EXPOSE ...\n...\nARG ...", id="instructions in another order"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("dockerfile", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("dockerfile", pattern, CODE) == []
