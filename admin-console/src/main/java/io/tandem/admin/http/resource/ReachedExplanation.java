package io.tandem.admin.http.resource;

import io.tandem.admin.view.ConsideredView;
import io.tandem.admin.view.ExplanationOwners;
import io.tandem.admin.view.ExplanationView;
import io.tandem.admin.view.VerdictView;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An explanation as one credential may read it: of accounts that it does not reach it says neither names nor identifiers nor what
 * they have set up. What the caller himself would be told, whether his call goes on and with which status it ends, remains.
 */
final class ReachedExplanation {
    /** Stands for the rule of a verdict that follows from what an account has set up that is not reached. */
    static final String RULE = "not-shown";

    /** Its text. */
    static final String TEXT = "goes by what another account has set up";

    /** Stands for a trunk of an account that is not reached. */
    static final String TRUNK = "trunk of another account";

    private final ExplanationView all;
    private final ExplanationOwners owners;
    private final Predicate<ResourceId> reach;

    private ReachedExplanation(final ExplanationView all, final Predicate<ResourceId> reach) {
        this.all = all;
        owners = all.owners();
        this.reach = reach;
    }

    /** Whether an account is reached; one that is not there is not. */
    static boolean reaches(final Optional<String> account, final Predicate<ResourceId> reach) {
        final ResourceId id = account.map(text -> ResourceId.parse(text, ResourceKind.ACCOUNTS.prefix()))
                .orElse(null);
        return id != null && reach.test(id);
    }

    /** What is left of an explanation. */
    static ExplanationView of(final ExplanationView all, final Predicate<ResourceId> reach) {
        return new ReachedExplanation(all, reach).view();
    }

    private ExplanationView view() {
        final List<VerdictView> verdicts =
                all.verdicts().stream().map(this::verdict).toList();
        final boolean elsewhere = isElsewhere(owners.number());
        final boolean trunkHidden = !elsewhere && isElsewhere(owners.target());
        return new ExplanationView(
                all.from(),
                all.to(),
                all.at(),
                all.source(),
                all.accepted(),
                all.status(),
                !verdicts.isEmpty() && verdicts.getLast().rule().equals(RULE) ? TEXT : all.reason(),
                elsewhere ? Optional.empty() : all.account(),
                elsewhere ? Optional.empty() : trunkHidden ? Optional.of(TRUNK) : all.target(),
                elsewhere ? Optional.empty() : trunkHidden ? all.calledRouted() : all.calledOut(),
                elsewhere ? Optional.empty() : trunkHidden ? all.callerRouted() : all.callerOut(),
                elsewhere ? Optional.empty() : all.calledRouted(),
                elsewhere ? Optional.empty() : all.callerRouted(),
                reaches(owners.recording(), reach) ? all.recording() : Optional.empty(),
                all.revision(),
                verdicts,
                all.considered().stream().filter(this::isReached).toList(),
                ExplanationOwners.NONE);
    }

    private VerdictView verdict(final VerdictView verdict) {
        return isElsewhere(verdict.account())
                ? new VerdictView(verdict.stage(), RULE, verdict.passed(), TEXT, verdict.durationNs())
                : verdict;
    }

    private boolean isReached(final ConsideredView considered) {
        return reaches(considered.account(), reach);
    }

    private boolean isElsewhere(final Optional<String> account) {
        return account.isPresent() && !reaches(account, reach);
    }
}
