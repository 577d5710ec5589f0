"""Plugins: found, read, checked and brought to life, as `spec/extensibility-plugins.md` describes them.

Owns manifests, plugin types, discovery, loading, version ranges, environment variables in configuration, and the lifecycle.
Leaves rules and metrics to `ruleset` (a manifest hands on their documents unread), and what an environment does to `policy`.
Runs no code of a plugin, writes nothing, prints nothing; reads through a `protocols.Files` only.

    names, versions, variables, lifecycle      values and small algorithms
    types.base, types.<type>                   the shape of each plugin type's manifest, and what it contributes
    manifest, fragments                        one manifest; the specification's other documents about plugins
    discover                                   what lies under the local paths
    configuration, requirements                what the settings give a plugin; what a plugin needs
    load                                       all of it together
    show, scaffold                             texts for people; the files of a new plugin
"""
