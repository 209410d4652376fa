package io.tandem.routing.policy;

import io.tandem.routing.model.PhoneList;
import io.tandem.routing.model.PhoneListKind;
import io.tandem.routing.model.ResourceId;
import java.util.Collection;
import java.util.List;

/**
 * Numbers that are not called, may not call, or are not recorded. Every scope that a call meets is asked. An {@link
 * PhoneListKind#ALLOW} list overrides the blocks of its own scope, whatever is longer, and of no other: a customer cannot lift
 * what its reseller has blocked. It does not make a call recorded. Immutable; core's thread.
 */
public final class PhoneLists {
    private final ScopeTable<Scope> table;

    private PhoneLists(final ScopeTable<Scope> table) {
        this.table = table;
    }

    /** Compiles lists in any order. */
    public static PhoneLists of(final Collection<PhoneList> lists) {
        return new PhoneLists(ScopeTable.of(lists, Scope::new));
    }

    /** Whether there is no list at all. */
    public boolean isEmpty() {
        return table.isEmpty();
    }

    /** The list that forbids to call a number (403), or {@link ResourceId#NIL}. */
    public ResourceId forbidsCalling(final PolicySubject subject, final long e164, final RuleTrace trace) {
        return blocks(subject, PhoneListKind.DNC_OUT, e164, trace);
    }

    /** The list that forbids a number to call (603), or {@link ResourceId#NIL}. */
    public ResourceId forbidsCaller(final PolicySubject subject, final long e164, final RuleTrace trace) {
        return blocks(subject, PhoneListKind.DNC_IN, e164, trace);
    }

    /** The list that forbids to record calls with a number, or {@link ResourceId#NIL}. */
    public ResourceId forbidsRecording(final PolicySubject subject, final long e164, final RuleTrace trace) {
        ResourceId forbidding = ResourceId.NIL;
        for (int scope = 0; scope < subject.scopes(); scope++) {
            final Scope lists = table.find(subject, scope);
            if (lists != null) {
                final ResourceId own = lists.neverRecorded.find(e164);
                lists.neverRecorded.tell(own, forbidding.isNil(), trace);
                forbidding = forbidding.isNil() ? own : forbidding;
            }
        }
        return forbidding;
    }

    private ResourceId blocks(
            final PolicySubject subject, final PhoneListKind kind, final long e164, final RuleTrace trace) {
        ResourceId forbidding = ResourceId.NIL;
        for (int scope = 0; scope < subject.scopes(); scope++) {
            final Scope lists = table.find(subject, scope);
            if (lists != null) {
                final NumberSet blocked = kind == PhoneListKind.DNC_OUT ? lists.neverCalled : lists.neverCalling;
                final ResourceId allowing = lists.allowed.find(e164);
                final ResourceId own = blocked.find(e164);
                final boolean decides = forbidding.isNil();
                lists.allowed.tell(allowing, decides && !own.isNil(), trace);
                blocked.tell(own, decides && allowing.isNil(), trace);
                if (decides && allowing.isNil()) {
                    forbidding = own;
                }
            }
        }
        return forbidding;
    }

    private static final class Scope {
        private final NumberSet neverCalled;
        private final NumberSet neverCalling;
        private final NumberSet neverRecorded;
        private final NumberSet allowed;

        Scope(final List<PhoneList> lists) {
            neverCalled = NumberSet.of(lists, PhoneListKind.DNC_OUT);
            neverCalling = NumberSet.of(lists, PhoneListKind.DNC_IN);
            neverRecorded = NumberSet.of(lists, PhoneListKind.DNR);
            allowed = NumberSet.of(lists, PhoneListKind.ALLOW);
        }
    }
}
