extension Grammar.Part {
  static let config = Grammar.Part(
    name: "config", phrase: "a port-app-config",
    description: "Which raw objects a team wants, and how each becomes catalog entities.")
  static let resource = Grammar.Part(
    name: "resource", phrase: "a resource", description: "Raw objects of a kind, and what they become.")
  /// What else it holds is for the integration: `jql`, `includeMembers`, …
  static let selector = Grammar.Part(
    name: "selector", phrase: "`selector`",
    description: "Which of the objects are kept, and what the integration is told to fetch.", isOpen: true,
    reportsSlips: true,
    misplacedKeys: ["itemsToParse", "itemsToParseName", "itemsToParseTopLevelTransform"])
  static let visibility = Grammar.Part(
    name: "visibility", phrase: "`visibility`", description: "Which projects and groups GitLab is asked for.",
    isOpen: true)
  static let port = Grammar.Part(
    name: "port", phrase: "`port`", description: "How a raw object becomes entities.")
  static let entity = Grammar.Part(
    name: "entity", phrase: "`entity`", description: "What the entities are.")
  static let mapping = Grammar.Part(
    name: "mapping", phrase: "a mapping", description: "What an item becomes.")
  static let query = Grammar.Part(
    name: "query", phrase: "a search query",
    description: "A search query: which entity of the catalog is meant. Each leaf is a jq expression.")
  static let rule = Grammar.Part(
    name: "rule", phrase: "a rule of a search query",
    description: "One condition on the entity that is looked for.")
}

extension Grammar {
  private static let entityHelp =
    "add `entity:` with `mappings:` below it, and there `identifier` and `blueprint`"
  private static let queryHelp =
    #"a search query has `combinator: '"and"'` and `rules:`, a rule `property`, `operator` and `value`"#

  /// The grammar of a `port-app-config.yml`.
  static let portAppConfig = Grammar(
    root: .config, ownKeys + integrationKeys)

  private static let ownKeys = [
    Row(
      .config, "deleteDependentEntities", .flag(default: true),
      "Deleting an entity deletes those that depend on it."),
    Row(
      .config, "createMissingRelatedEntities", .flag(default: true),
      "A relation's missing target is created empty."),
    Row(
      .config, "enableMergeEntity", .flag(default: true),
      "An upsert merges properties into what is there; false replaces."),
    Row(
      .config, "entityDeletionThreshold", .number(0...1, default: 0.9),
      "A sync that would delete a larger share of the entities (0 to 1) deletes nothing.",
      help: "write the share of entities that a sync may delete, as `entityDeletionThreshold: 0.9`"),
    Row(
      .config, "resources", .list([.resource]), presence: .mayBeEmpty,
      "What to map, applied in order. Several resources may have the same kind.",
      help: "list what to map under `resources:`, each entry with a `kind` and a `port`"),

    Row(
      .resource, "kind", .name(default: nil), presence: .required,
      "Which raw objects it reads: a kind of the integration's spec.yml.",
      help: "name the kind of raw objects that it reads, as `kind: issue`"),
    Row(.resource, "selector", .mapping(.selector), Part.selector.description),
    Row(
      .resource, "port", .mapping(.port), presence: .required, Part.port.description,
      help: "add `port:` with `entity:` and `mappings:` below it"),

    Row(
      .selector, "query", .jq(default: "true"),
      "jq: true keeps an item, false leaves it out."),

    Row(.port, "entity", .mapping(.entity), presence: .required, Part.entity.description, help: entityHelp),
    Row(
      .port, "itemsToParse", .jq(default: nil),
      "jq: gives a list, of which each element becomes an item: the object, with the element in it."),
    Row(
      .port, "itemsToParseName", .name(default: "item"),
      "The key under which an item is in the object.",
      help: "name the key under which an item is put, as `itemsToParseName: comment`"),
    Row(
      .port, "itemsToParseTopLevelTransform", .flag(default: true),
      "Remove the array that was parsed from each item."),

    Row(
      .entity, "mappings", .mappingOrList(.mapping), presence: .required,
      "What an item becomes; a list of mappings makes an entity of each, as Port's Kubernetes exporter.",
      help: entityHelp),

    Row(
      .mapping, "identifier", .jqOrMapping([.query, .rule]), presence: .required,
      "jq, or a search query: what tells the entity from all others.",
      help: "say which value identifies the entity, as `identifier: .key`"),
    Row(
      .mapping, "blueprint", .jq(default: nil), presence: .required,
      #"jq: the blueprint, a string within quotes: '"service"'."#,
      help: #"name the blueprint as a jq string, quotes inside quotes: `blueprint: '"service"'`"#),
    Row(.mapping, "title", .jq(default: nil), "jq: the name that people see."),
    Row(.mapping, "icon", .jq(default: nil), #"jq: the icon's name, as '"Jira"'."#),
    Row(
      .mapping, "team", .jqOrMapping([.query, .rule]),
      "jq, or a search query: the team or teams that own it."),
    Row(
      .mapping, "properties", .members(.jq(default: nil)), "jq, property by property of the blueprint."),
    Row(
      .mapping, "relations", .members(.jqOrMapping([.query, .rule])),
      "jq, or a search query, relation by relation: the identifiers of other entities."),

    Row(
      .query, "combinator", .jq(default: nil), presence: .required,
      #"jq: whether all rules must hold, '"and"', or one of them, '"or"'."#, help: queryHelp,
      suggestions: [#""and""#, #""or""#]),
    Row(
      .query, "rules", .list([.query, .rule]), presence: .required, "The rules; each may be a query again.",
      help: queryHelp),

    Row(
      .rule, "property", .jq(default: nil), presence: .required,
      #"jq: the property to compare, '"$identifier"', '"email"', …"#, help: queryHelp),
    Row(
      .rule, "operator", .jq(default: nil), presence: .required, "jq: how to compare.", help: queryHelp,
      suggestions: [#""=""#, #""contains""#, #""in""#]),
    Row(.rule, "value", .jqOrMapping([.query, .rule]), "jq: what to compare it with."),
  ]

  /// What Port's integrations read beside the grammar.
  private static let integrationKeys = [
    Row(
      .config, "organizations", .names,
      "The organizations that GitHub is asked for; all where it is left out.",
      readers: ["github"]),
    Row(
      .config, "includeAuthenticatedUser", .flag(default: false),
      "GitHub is asked for the repositories of the user whose token it is, too.", readers: ["github"]),
    Row(
      .config, "repositoryType", .text(default: "all"),
      "Which repositories GitHub is asked for: `all`, `public`, `private`, …", readers: ["github"]),
    Row(
      .config, "visibility", .mapping(.visibility), Part.visibility.description, readers: ["gitlab"]),
    Row(
      .visibility, "useMinAccessLevel", .flag(default: true),
      "Only what the token's user has at least `minAccessLevel` for."),
    Row(
      .visibility, "minAccessLevel", .integer(0...60, default: 30),
      "The access level: 10 guest, 20 reporter, 30 developer, 40 maintainer, 50 owner."),
    Row(
      .config, "filterOwnedProjects", .flag(default: true), "Only projects that the token's user owns.",
      readers: ["gitlab"]),
    Row(
      .config, "projectVisibilityFilter", .text(default: nil), "Only projects of this visibility.",
      readers: ["gitlab"]),
    Row(
      .config, "useDefaultBranch", .flag(default: false),
      "Files are read from each repository's default branch, whatever `branch` says.",
      readers: ["azure-devops"]),
    Row(
      .config, "branch", .text(default: nil), "The branch from which files are read.",
      readers: ["gitlab", "azure-devops", "bitbucket"]),
    Row(
      .config, "specPath", .anything, "Where in a repository the files with entities are.",
      readers: ["gitlab", "azure-devops", "bitbucket"]),
    Row(
      .config, "crdsToDiscover", .text(default: nil), "jq: which custom resource definitions become kinds.",
      readers: ["kubernetes"]),
    Row(
      .config, "overwriteCrdsActions", .flag(default: false),
      "The actions of custom resource definitions are written anew.", readers: ["kubernetes"]),
    Row(
      .config, "updateEntityOnlyOnDiff", .flag(default: true),
      "An entity that did not change is not written.",
      readers: ["kubernetes"]),
    Row(
      .config, "sendRawDataExamples", .flag(default: true), "Port is shown examples of raw objects.",
      readers: ["kubernetes"]),
    Row(
      .config, "deleteDependents", .flag(default: false),
      "What the Kubernetes exporter calls `deleteDependentEntities`.", readers: ["kubernetes"]),
  ]
}
