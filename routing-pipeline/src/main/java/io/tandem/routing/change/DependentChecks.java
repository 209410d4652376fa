package io.tandem.routing.change;

import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.model.Account;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.Resources;
import io.tandem.routing.model.Trunk;
import io.tandem.routing.model.TrunkDirection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Checks what the edits of a change leave alone and may yet make wrong: what refers to an edited resource, and, when an
 * account moves, the accounts below it with their routes and the policies of those that stood above it. Work grows with
 * those, never with the configuration, and has a limit. One thread, one change.
 */
final class DependentChecks {
    /** Resources looked at for one change. */
    static final int CHECKED_MAX = 20_000;

    private static final Set<ResourceKind> POLICIES =
            EnumSet.range(ResourceKind.CALL_LIMITS, ResourceKind.GEO_POLICIES);

    private final OverlaidConfiguration current;
    private final ConfigurationDraft draft;
    private final Problems problems;
    private final Resources found;
    private int checked;

    /** What was edited, and by which field it concerns others. */
    private record Cause(int place, ResourceKind kind, ResourceId id, String field, String value) {
        Problem problem(final String rule, final String mend) {
            return new Problem(place, kind.collection(), field, value, rule, mend);
        }
    }

    /** An account and how many stand in its chain, itself included. */
    private record Below(ResourceId id, int depth) {}

    DependentChecks(final OverlaidConfiguration current, final ConfigurationDraft draft, final Problems problems) {
        this.current = current;
        this.draft = draft;
        this.problems = problems;
        found = new Found(draft);
    }

    /** Others without their number: an edit of one resource makes no table of another one fuller. */
    private record Found(ConfigurationDraft draft) implements Resources {
        @Override
        public Resource find(final ResourceKind kind, final ResourceId id) {
            return draft.find(kind, id);
        }

        @Override
        public Iterable<Resource> referring(
                final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
            return List.of();
        }
    }

    /**
     * Reports what an edit makes wrong.
     *
     * @param place of the edit.
     * @param shown text of a field of the edited resource.
     */
    void run(final int place, final ResourceKind kind, final Resource before, final Resource after, final Shown shown) {
        final String field = after.reliedOn(before);
        if (field.isEmpty()) {
            return;
        }
        final Cause cause = new Cause(place, kind, after.id(), field, shown.text(field));
        if (before instanceof Account was && after instanceof Account is) {
            if (was.parentId().equals(is.parentId())) {
                checkHeirs(cause, is);
            } else {
                checkBelow(cause, is);
                checkPolicies(cause, was);
            }
            return;
        }
        for (final ResourceKind referrers : ResourceKind.values()) {
            if (referrers == ResourceKind.NUMBERS) {
                checkNumbers(cause, before, after);
            } else {
                check(cause, referrers, kind, after.id());
            }
        }
    }

    /** The text of a field as it was written. */
    @FunctionalInterface
    interface Shown {
        String text(String field);
    }

    /** Numbers name what is their account's, and trunks that take calls. */
    private void checkNumbers(final Cause cause, final Resource before, final Resource after) {
        final boolean wrong = after instanceof Trunk trunk
                ? trunk.direction() == TrunkDirection.INBOUND
                : !after.accountId().equals(before.accountId());
        if (!wrong) {
            return;
        }
        final long count = draft.uneditedCount(ResourceKind.NUMBERS, cause.kind, cause.id);
        if (count > 0) {
            problems.add(cause.problem(
                    "would be wrong for numbers that lead to it: numbers=" + count,
                    "change those as well, in the same change or before it"));
        }
    }

    private void checkBelow(final Cause cause, final Account moved) {
        final Deque<Below> ahead = new ArrayDeque<>();
        ahead.add(new Below(moved.id(), depth(moved)));
        while (!ahead.isEmpty() && checked <= CHECKED_MAX) {
            final Below account = ahead.remove();
            if (account.depth > Account.DEPTH_MAX) {
                problems.add(cause.problem(
                        "would have more than " + Account.DEPTH_MAX + " accounts in a chain: the last is "
                                + account.id.prefixed(ResourceKind.ACCOUNTS),
                        "flatten what is below it"));
            }
            check(cause, ResourceKind.OUTBOUND_ROUTES, ResourceKind.ACCOUNTS, account.id);
            checkUnrouted(cause, account.id);
            draft.forEachReferrer(ResourceKind.ACCOUNTS, ResourceKind.ACCOUNTS, account.id, below -> {
                ahead.add(new Below(below, account.depth + 1));
                return mayGoOn(cause);
            });
        }
    }

    /** Accounts below one that no longer says where their numbers without a target go. */
    private void checkHeirs(final Cause cause, final Account poorer) {
        final Deque<ResourceId> ahead = new ArrayDeque<>();
        ahead.add(poorer.id());
        while (!ahead.isEmpty() && checked <= CHECKED_MAX) {
            draft.forEachReferrer(ResourceKind.ACCOUNTS, ResourceKind.ACCOUNTS, ahead.remove(), below -> {
                if (draft.find(ResourceKind.ACCOUNTS, below) instanceof Account heir && !heir.sharesDefault()) {
                    checkUnrouted(cause, below);
                    ahead.add(below);
                }
                return mayGoOn(cause);
            });
        }
    }

    /** Numbers without a target of an account that nobody edits. */
    private void checkUnrouted(final Cause cause, final ResourceId id) {
        if (draft.touches(ResourceKind.ACCOUNTS, id)
                || !(draft.find(ResourceKind.ACCOUNTS, id) instanceof Account account)) {
            return;
        }
        final long count = account.unroutedNumbers(draft);
        if (count > 0) {
            problems.add(cause.problem(
                    "would be wrong for accounts " + id.prefixed(ResourceKind.ACCOUNTS)
                            + ", whose numbers without a target would lead nowhere: numbers=" + count,
                    "give it a did_default_dest_kind as well, in the same change or before it"));
        }
    }

    private int depth(final Account account) {
        int depth = 1;
        for (Account above = account; !above.parentId().isNil(); depth++) {
            above = (Account) draft.find(ResourceKind.ACCOUNTS, above.parentId());
        }
        return depth;
    }

    /** Policies of the accounts that stood above an account before it moved. */
    private void checkPolicies(final Cause cause, final Account was) {
        ResourceId above = was.parentId();
        for (int i = 0; i < Account.DEPTH_MAX && !above.isNil(); i++) {
            for (final ResourceKind kind : POLICIES) {
                check(cause, kind, ResourceKind.ACCOUNTS, above);
            }
            final byte[] stored = current.resource(ResourceKind.ACCOUNTS, above.high(), above.low());
            final Account account = stored == null ? null : ResourceReader.account(stored);
            above = account == null ? ResourceId.NIL : account.parentId();
        }
    }

    /** Runs the checks of all resources of a kind that refer to a target and that nobody edits. */
    private void check(
            final Cause cause, final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        draft.forEachUnedited(kind, targetKind, target, id -> {
            final boolean within = mayGoOn(cause);
            if (within) {
                check(cause, kind, id);
            }
            return within;
        });
    }

    private void check(final Cause cause, final ResourceKind kind, final ResourceId id) {
        final Resource referrer = draft.find(kind, id);
        if (referrer == null) {
            return;
        }
        final Problems own = new Problems(1);
        final byte[] json = current.resource(kind, id.high(), id.low());
        referrer.check(
                new Fields(
                        ResourceReader.object(json, 0, json.length),
                        kind.collection(),
                        cause.place,
                        draft,
                        own,
                        new Problems(0)),
                found);
        for (final Problem problem : own.kept()) {
            problems.add(cause.problem(
                    "would be wrong for " + kind.collection() + ' ' + id.prefixed(kind) + ", whose " + problem.field()
                            + ' ' + problem.rule(),
                    "change that one as well, in the same change or before it"));
        }
    }

    private boolean mayGoOn(final Cause cause) {
        if (++checked == CHECKED_MAX + 1) {
            problems.add(cause.problem(
                    "is relied on by more than " + CHECKED_MAX + " resources, too many for one change",
                    "export the configuration, change it there and import it"));
        }
        return checked <= CHECKED_MAX;
    }
}
