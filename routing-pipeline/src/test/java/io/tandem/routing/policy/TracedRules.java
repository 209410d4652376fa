package io.tandem.routing.policy;

import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps what became of each rule, in order; a rule that is told of twice is a mistake. */
public final class TracedRules implements RuleTrace {
    private final Map<ResourceId, Finding> findings = new LinkedHashMap<>();

    @Override
    public void onRule(final ResourceId rule, final Finding finding) {
        if (findings.put(rule, finding) != null) {
            throw new AssertionError("told twice: rule=" + rule);
        }
    }

    /** What became of a rule; null if it was not told of. */
    public Finding of(final Resource rule) {
        return findings.get(rule.id());
    }

    /** Rules told of. */
    public int count() {
        return findings.size();
    }
}
