package io.tandem.admin.view;

import java.util.Optional;

/**
 * One thing of an operator's that a routing stage looked at: a rule, a target, a flow, a trunk.
 *
 * @param kind    collection that it stands in, such as {@code policies/geo-policies}
 * @param rule    its identifier
 * @param name    what people call it: a number's digits, a transform's expression, a route's prefix, else its name
 * @param finding what became of it, in words
 * @param account whose it is, by identifier; empty for an operator's
 */
public record ConsideredView(
        String stage, String kind, String rule, Optional<String> name, String finding, Optional<String> account) {}
