"""Texts for the specification's `data_classification`: a «mark» is a class that lacks its classification."""

from __future__ import annotations

PYTHON: dict[str, str] = {
    "above": "# @data-classification: public\nclass UserModel:\n    pass\n",
    "above-another-comment": "# @data-classification: public\n# all our users\nclass UserModel:\n    pass\n",
    "above-a-decorator": "# @data-classification: public\n@table\nclass UserModel:\n    pass\n",
    "above-two-decorators": "# @data-classification: public\n@table\n@index(\n    1,\n)\nclass UserModel:\n    pass\n",
    "between-decorator-and-class": "@table\n# @data-classification: public\nclass UserModel:\n    pass\n",
    "behind-a-decorator": "@table  # @data-classification: public\nclass UserModel:\n    pass\n",
    "behind-the-head": "class UserModel:  # @data-classification: public\n    id = 1\n",
    "within-the-head": "class UserModel(\n    Base,  # @data-classification: public\n):\n    pass\n",
    "first-in-the-body": "class UserModel:\n    # @data-classification: public\n    id = 1\n",
    "deep-in-the-body": "class UserModel:\n    def f(self):\n        # @data-classification: public\n        return 1\n",
    "last-in-the-body": "class UserModel:\n    id = 1\n\n    # @data-classification: public\nx = 1\n",
    "behind-a-class-on-one-line": "class UserModel: pass  # @data-classification: public\n",
    "below-a-shebang": "#!/usr/bin/env python\n# @data-classification: public\nclass UserModel:\n    pass\n",
    "of-a-nested-class": "class Outer:\n    # @data-classification: public\n    class UserModel:\n        pass\n",
    "in-a-class-nested-inside": "class UserModel:\n    class Meta:\n        # @data-classification: public\n        pass\n",
    "in-a-function": "def make():\n    # @data-classification: public\n    class UserModel:\n        pass\n",
    "in-a-condition": "if True:\n    # @data-classification: public\n    class UserModel:\n        pass\n",
    "with-tabs": "class Outer:\n\t# @data-classification: public\n\tclass UserModel:\n\t\tpass\n",
    "with-windows-line-ends": "# @data-classification: public\r\n@table\r\nclass UserModel:\r\n    pass\r\n",
    "no-comment": "«class UserModel:»\n    pass\n",
    "blank-line-between": "# @data-classification: public\n\n«class UserModel:»\n    pass\n",
    "trails-the-line-above": "x = 1  # @data-classification: public\n«class UserModel:»\n    pass\n",
    "below": "«class UserModel:»\n    pass\n# @data-classification: public\nclass Other:\n    pass\n",
    "in-the-class-above": "class Other:\n    x = 1\n    # @data-classification: public\n«class UserModel:»\n    pass\n",
    "of-the-class-around": "# @data-classification: public\nclass Outer:\n    id = 1\n\n    «class UserModel:»\n        pass\n",
    "of-the-condition-around": "# @data-classification: public\nif True:\n    «class UserModel:»\n        pass\n",
    "of-the-first-of-two": "# @data-classification: public\nclass UserModel:\n    pass\n\n\n«class OtherModel:»\n    pass\n",
    "another-word": "# @data_classification: public\n«class UserModel:»\n    pass\n",
    "class-in-a-comment": "# class UserModel: was here\n",
    "class-in-a-docstring": "def f():\n    '''As class UserModel: says.'''\n",
}
"""By where the comment stands."""

OTHERS: dict[str, tuple[str, ...]] = {
    "java": (
        "// @data-classification: public\nclass UserModel {\n}\n",
        "/** @data-classification: public */\n@Entity\npublic class UserModel {\n}\n",
        "@Entity // @data-classification: public\npublic class UserModel {\n}\n",
        "@Entity\n// @data-classification: public\npublic class UserModel {\n}\n",
        "class UserModel {\n    // @data-classification: public\n    int a;\n}\n",
        "class A {\n  // @data-classification: public\n  static class UserModel {\n  }\n}\n",
        "// @data-classification: public\n\n«class UserModel» {\n}\n",
        "class A {\n  int x; // @data-classification: public\n  static «class UserModel» {\n  }\n}\n",
        "/* class UserModel */\n",
    ),
    "javascript": (
        "// @data-classification: public\nexport class UserModel {\n}\n",
        "// @data-classification: public\nexport default class UserModel {\n}\n",
        "// @data-classification: public\nconst A = class UserModel {\n}\n",
        "/* all */ «class UserModel» {\n}\n",
        "// @data-classification: public\n\nexport «class UserModel» {\n}\n",
        "x = 1; // @data-classification: public\n«class UserModel» {\n}\n",
    ),
    "typescript": (
        "// @data-classification: public\n@Entity()\nexport class UserModel {\n}\n",
        "@Entity()\n// @data-classification: public\nexport class UserModel {\n}\n",
        "// @data-classification: public\nexport abstract class UserModel<T> implements I {\n}\n",
        "// @data-classification: public\ndeclare class UserModel {\n}\n",
        "namespace N {\n  // @data-classification: public\n  export class UserModel {\n  }\n}\n",
        "// @data-classification: public\nnamespace N {\n  export «class UserModel» {\n  }\n}\n",
    ),
    "csharp": (
        "// @data-classification: public\n[Table]\npublic class UserModel : Base {\n}\n",
        "[Table]\n// @data-classification: public\npublic class UserModel : Base {\n}\n",
        "namespace N {\n  /// <summary>@data-classification: public</summary>\n  public class UserModel {\n  }\n}\n",
        "// @data-classification: public\nnamespace N {\n  public «class UserModel» {\n  }\n}\n",
        "// @data-classification: public\n\npublic «class UserModel» {\n}\n",
    ),
    "kotlin": (
        "// @data-classification: public\n@Entity\ndata class UserModel(val id: Int)\n",
        "@Entity\n// @data-classification: public\ndata class UserModel(val id: Int) {\n}\n",
        "/* @data-classification: public */\nsealed class UserModel\n",
        "data class UserModel(\n    val id: Int, // @data-classification: public\n)\n",
        "// @data-classification: public\n\ndata «class UserModel»(val id: Int)\n",
    ),
    "php": (
        "<?php\n// @data-classification: public\n#[Entity]\nfinal class UserModel {\n}\n",
        "<?php\n#[Entity]\n// @data-classification: public\nclass UserModel {\n}\n",
        "<?php\nclass UserModel {\n  // @data-classification: public\n  public $a;\n}\n",
        "<?php\n// @data-classification: public\n\n«class UserModel» {\n}\n",
    ),
    "ruby": (
        "# @data-classification: public\nclass UserModel < Base\nend\n",
        "class UserModel\n  # @data-classification: public\n  attr :a\nend\n",
        "module A\n  # @data-classification: public\n  class UserModel\n  end\nend\n",
        "# @data-classification: public\nmodule A\n  «class UserModel»\n  end\nend\n",
        "# @data-classification: public\n\n«class UserModel»\nend\n",
    ),
    "scala": (
        "// @data-classification: public\n@entity\ncase class UserModel(id: Int)\n",
        "// @data-classification: public\n\ncase «class UserModel»(id: Int)\n",
    ),
    "swift": (
        "// @data-classification: public\n@objc\nfinal class UserModel {\n}\n",
        "// @data-classification: public\n\n«class UserModel» {\n}\n",
    ),
    "cpp": (
        "// @data-classification: public\nclass UserModel {\n};\n",
        "// @data-classification: public\ntemplate <class T>\nclass UserModel {\n};\n",
        "class UserModel {\n  int a; // @data-classification: public\n};\n",
        "// @data-classification: public\n\n«class UserModel» {\n};\n",
    ),
    "perl": (
        "class UserModel # @data-classification: public\n",
        "# @data-classification: public\n«class UserModel»\n",
    ),
}
"""By language; the last one has no grammar, where a block is a line."""
