/// The pages of the rules, `docs/rules`, as they are in the program: `Pages` is a link to that folder.
package enum RulePages {
  /// The page of the rule of that identifier, in Markdown; nil where there is none.
  package static func page(of rule: String) -> String? {
    files[rule].map { String(decoding: $0, as: UTF8.self) }
  }

  private static let files: [String: [UInt8]] = [
    "computed-property": PackageResources.computed_property_md,
    "conflicting-keys": PackageResources.conflicting_keys_md,
    "constant-identifier": PackageResources.constant_identifier_md,
    "cut-by-comment": PackageResources.cut_by_comment_md,
    "duplicate-resource": PackageResources.duplicate_resource_md,
    "foreign-syntax": PackageResources.foreign_syntax_md,
    "hidden-variable": PackageResources.hidden_variable_md,
    "hyphenated-key": PackageResources.hyphenated_key_md,
    "insecure-address": PackageResources.insecure_address_md,
    "invalid-blueprints": PackageResources.invalid_blueprints_md,
    "invalid-expression": PackageResources.invalid_expression_md,
    "invalid-identifier": PackageResources.invalid_identifier_md,
    "invalid-parent": PackageResources.invalid_parent_md,
    "invalid-pattern": PackageResources.invalid_pattern_md,
    "invalid-template": PackageResources.invalid_template_md,
    "many-outputs": PackageResources.many_outputs_md,
    "misplaced-field": PackageResources.misplaced_field_md,
    "missing-key": PackageResources.missing_key_md,
    "missing-quotes": PackageResources.missing_quotes_md,
    "missing-required": PackageResources.missing_required_md,
    "object-relation": PackageResources.object_relation_md,
    "selector-not-boolean": PackageResources.selector_not_boolean_md,
    "single-quotes": PackageResources.single_quotes_md,
    "unavailable-value": PackageResources.unavailable_value_md,
    "unfetched-kind": PackageResources.unfetched_kind_md,
    "unknown-blueprint": PackageResources.unknown_blueprint_md,
    "unknown-configuration": PackageResources.unknown_configuration_md,
    "unknown-function": PackageResources.unknown_function_md,
    "unknown-key": PackageResources.unknown_key_md,
    "unknown-kind": PackageResources.unknown_kind_md,
    "unknown-property": PackageResources.unknown_property_md,
    "unknown-relation": PackageResources.unknown_relation_md,
    "unknown-setting": PackageResources.unknown_setting_md,
    "unknown-target": PackageResources.unknown_target_md,
    "unknown-variable": PackageResources.unknown_variable_md,
    "unreadable-file": PackageResources.unreadable_file_md,
    "unused-setting": PackageResources.unused_setting_md,
    "written-secret": PackageResources.written_secret_md,
    "wrong-type": PackageResources.wrong_type_md,
    "wrong-value": PackageResources.wrong_value_md,
    "yaml-syntax": PackageResources.yaml_syntax_md,
  ]
}
