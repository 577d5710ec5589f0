"""Plugins: found, read, checked and brought to life, as `spec/extensibility-plugins.md` describes them.

Owns manifests, plugin types, discovery, loading, version ranges, environment variables in configuration, and the lifecycle.
Leaves rules and metrics to `ruleset` (a manifest hands on their documents unread), and what an environment does to `policy`.
Runs no code of a plugin, writes nothing, prints nothing; reads through a `protocols.Files` only.

    names, versions, variables, places, schema     values and small algorithms
    lifecycle                                      initialize, configure, activate, deactivate
    types.base, types.<type>                       the shape of each plugin type's manifest, and what it contributes
    manifest, fragments                            one manifest; the specification's other documents about plugins
    discover, selection                            what lies under the local paths; which of it the settings mean
    configuration, requirements                    what the settings give a plugin; what a plugin needs
    load                                           all of it together, for a run
    check, show, scaffold                          for `plugins validate`, `plugins show` and `list`, `plugins new`
"""
