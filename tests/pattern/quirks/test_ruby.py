"""What patterns mean in Ruby."""

from __future__ import annotations

import pytest
from finding import lines

CODE = """
    require "yaml"

    class Admin::Orders < Base
      before_action :login, only: [:show], :if => :open?

      def show(id, *rest, page: 1)
        name = "tea"
        brew "tea"
        brew(name)
        brew(:tea)
        brew :tea => 1
        brew({tea: 2, "milk" => 3})
        brew(id) { |cup| pour }
        brew id do |cup|
          pour
        end
        brew "#{id} cups"
        shop.open
        shop.open(id)
        shop&.close!
        return unless id
        leave if id > 1
        `boil #{id}`
        params[:id].to_i
        Net::HTTP.start(id)
        puts "a" "b"
        note(<<~TEXT)
          three lines
        TEXT
        rescue_me rescue nil
      rescue Late => error
        apologise error
      end

      def self.build(id)
        yield id
      end
    end
"""

REPORTS = [
    pytest.param('brew("tea")', [8, 9], id="calls with and without brackets"),
    pytest.param('brew "..."', [8, 9], id="any text"),
    pytest.param("brew(:tea)", [10], id="symbols"),
    pytest.param("brew(:$X)", [10], id="names of symbols"),
    pytest.param("brew(tea: $X)", [11], id="keyword arguments with an arrow"),
    pytest.param("brew({..., tea: 2, ...})", [12], id="hashes"),
    pytest.param('brew({..., "milk" => $X, ...})', [12], id="hashes with texts"),
    pytest.param("brew(id)", [13, 14], id="calls whose block counts for nothing"),
    pytest.param("brew(id) { |$C| ... }", [13, 14], id="blocks in brackets"),
    pytest.param("brew(...) do |$C|\n...\nend", [13, 14], id="blocks with words"),
    pytest.param('"...#{$X}..."', [17], id="texts with code in them"),
    pytest.param("shop.open", [18, 19], id="members, called or not"),
    pytest.param("shop.open($X)", [19], id="calls of a member"),
    pytest.param("shop.close!", [20], id="members of what may be nil"),
    pytest.param("if $C\n  ...\nend", [21, 22], id="conditions behind a statement"),
    pytest.param("`...#{$X}...`", [23], id="commands of the shell"),
    pytest.param("params[...]", [24], id="indices"),
    pytest.param("Net::HTTP.$M(...)", [25], id="constants in modules"),
    pytest.param('puts "ab"', [26], id="texts side by side"),
    pytest.param('note("...")', [27], id="texts that stand below"),
    pytest.param("class $C < Base\n  ...\nend", [3], id="classes by what is above them"),
    pytest.param("before_action ..., only: $X, ...", [4], id="keyword arguments among others"),
    pytest.param("before_action ..., if: $X, ...", [4], id="keyword arguments with an arrow among others"),
    pytest.param("def $F(..., page: $P, ...)\n  ...\nend", [6], id="methods by a parameter"),
    pytest.param("def self.$F(...)\n  ...\nend", [35], id="methods of the class"),
    pytest.param("yield $X", [36], id="yield"),
]

LEAVES_ALONE = [
    pytest.param("brew({tea: $X})", id="a hash with more in it, and keyword arguments"),
    pytest.param('brew("milk")', id="another text"),
    pytest.param("tea", id="symbols are no names"),
    pytest.param("shop.open()", id="a call without arguments"),
    pytest.param("def build(...)\n  ...\nend", id="a method of the class is none of its objects"),
    pytest.param("HTTP.$M(...)", id="the end of a constant's path"),
    pytest.param("unless id\n  leave\nend", id="the opposite condition"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("ruby", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("ruby", pattern, CODE) == []
