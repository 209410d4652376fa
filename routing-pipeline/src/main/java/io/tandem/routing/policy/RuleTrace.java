package io.tandem.routing.policy;

import io.tandem.routing.model.ResourceId;

/** Is told about every rule that a decision looks at, in the order in which it looks at them. */
@FunctionalInterface
public interface RuleTrace {
    /** Nobody listens: what the core uses for calls. */
    RuleTrace NONE = (rule, finding) -> {};

    /** One rule and what became of it. */
    void onRule(ResourceId rule, Finding finding);
}
