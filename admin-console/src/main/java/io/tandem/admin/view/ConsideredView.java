package io.tandem.admin.view;

/**
 * One rule of an operator that a routing stage looked at.
 *
 * @param kind    collection that it stands in, such as {@code policies/geo-policies}
 * @param rule    its identifier
 * @param finding what became of it, in words
 */
public record ConsideredView(String stage, String kind, String rule, String finding) {}
