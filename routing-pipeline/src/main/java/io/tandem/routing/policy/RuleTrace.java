package io.tandem.routing.policy;

import io.tandem.routing.model.ResourceId;

/** Is told about every rule that a decision looks at, in the order in which it looks at them. */
@FunctionalInterface
public interface RuleTrace {
    /** Nobody listens: what the core uses for calls. */
    RuleTrace NONE = new RuleTrace() {
        @Override
        public void onRule(final ResourceId rule, final Finding finding) {
            // nobody asked
        }

        @Override
        public boolean listens() {
            return false;
        }
    };

    /** One rule and what became of it. */
    void onRule(ResourceId rule, Finding finding);

    /** Whether anybody wants to know: what is only worked out for the trace is left out otherwise. */
    default boolean listens() {
        return true;
    }
}
