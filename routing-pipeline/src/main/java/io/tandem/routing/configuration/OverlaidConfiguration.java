package io.tandem.routing.configuration;

import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.model.PhoneNumber;
import io.tandem.routing.model.Reference;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.UniqueName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * A generation with the changes since laid over it: what was changed is read here, everything else from the generation. Each
 * revision is an immutable value that shares all but the changed paths with the one before, so that a change costs a few
 * microseconds however much is configured. Any thread; number look-ups allocate nothing.
 */
public final class OverlaidConfiguration implements Configuration {
    private static final byte[] GONE = new byte[0];
    private static final ResourceId LAST = new ResourceId(-1, -1);

    private final Configuration base;
    private final long revision;
    private final String name;
    private final NumberChanges numbers;
    private final NumberBlocks blocks;
    private final TreePMap<Key, byte[]> resources;
    private final TreePMap<ResourceId, ResourceId> names;
    private final TreePMap<Referral, Boolean> referrals;
    private final TreePMap<Target, Long> referralCounts;

    /** Numbers and flows that were made or changed, all that are there. */
    private final TreePSet<Made> made;

    private OverlaidConfiguration(
            final Configuration base,
            final long revision,
            final String name,
            final NumberChanges numbers,
            final NumberBlocks blocks,
            final TreePMap<Key, byte[]> resources,
            final TreePMap<ResourceId, ResourceId> names,
            final TreePMap<Referral, Boolean> referrals,
            final TreePMap<Target, Long> referralCounts,
            final TreePSet<Made> made) {
        this.base = base;
        this.revision = revision;
        this.name = name;
        this.numbers = numbers;
        this.blocks = blocks;
        this.resources = resources;
        this.names = names;
        this.referrals = referrals;
        this.referralCounts = referralCounts;
        this.made = made;
    }

    /** A resource. */
    private record Key(int kind, ResourceId id) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparingInt(Key::kind).thenComparing(Key::id);

        @Override
        public int compareTo(final Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** A resource that resources of a kind refer to. */
    private record Target(int kind, Key key) implements Comparable<Target> {
        private static final Comparator<Target> ORDER =
                Comparator.comparingInt(Target::kind).thenComparing(Target::key);

        static Target of(final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
            return new Target(kind.code(), new Key(targetKind.code(), target));
        }

        @Override
        public int compareTo(final Target other) {
            return ORDER.compare(this, other);
        }
    }

    /** That a resource refers to a target. */
    private record Referral(Target target, ResourceId referrer) implements Comparable<Referral> {
        private static final Comparator<Referral> ORDER =
                Comparator.comparing(Referral::target).thenComparing(Referral::referrer);

        @Override
        public int compareTo(final Referral other) {
            return ORDER.compare(this, other);
        }
    }

    /** The place of a resource among those of its kind and account. */
    private record Made(int kind, ResourceId account, Creation creation) implements Comparable<Made> {
        @Override
        public int compareTo(final Made other) {
            if (kind != other.kind) {
                return Integer.compare(kind, other.kind);
            }
            final int byAccount = account.compareTo(other.account);
            return byAccount != 0 ? byAccount : creation.compareTo(other.creation);
        }
    }

    /** A generation without changes. */
    public static OverlaidConfiguration over(final Configuration base) {
        if (base instanceof OverlaidConfiguration overlaid) {
            return overlaid;
        }
        return new OverlaidConfiguration(
                base,
                base.revision(),
                base.name(),
                NumberChanges.NONE,
                base.blocks(),
                TreePMap.empty(),
                TreePMap.empty(),
                TreePMap.empty(),
                TreePMap.empty(),
                TreePSet.empty());
    }

    /** A generation as it follows a revision: under the next one, unless its own is greater. */
    public static Configuration after(final long revision, final Configuration generation) {
        return generation.revision() > revision ? generation : over(generation).with(List.of(), revision + 1);
    }

    /** The name of a generation with changes: {@code g00000001+00000007}, the latter the revision. */
    public static String name(final String generation, final long revision) {
        return generation + '+' + String.format(Locale.ROOT, "%08d", revision);
    }

    /** The generation in the name of a revision, itself when it has no changes. */
    public static String generation(final String name) {
        final int plus = name.indexOf('+');
        return plus < 0 ? name : name.substring(0, plus);
    }

    /** The next revision: this one with edits that were checked against it. */
    public OverlaidConfiguration with(final List<ResourceEdit> edits, final long nextRevision) {
        OverlaidConfiguration next = this;
        for (final ResourceEdit edit : edits) {
            next = next.with(edit);
        }
        return new OverlaidConfiguration(
                base,
                nextRevision,
                nextRevision == base.revision() ? base.name() : name(base.name(), nextRevision),
                next.numbers,
                next.blocks,
                next.resources,
                next.names,
                next.referrals,
                next.referralCounts,
                next.made);
    }

    /** What it gives up may have passed to another resource by an edit before it, and is that one's then. */
    private OverlaidConfiguration with(final ResourceEdit edit) {
        final ResourceKind kind = edit.kind();
        final ResourceId id = edit.id();
        final ResourceReader.Read before = read(kind, resource(kind, id.high(), id.low()));
        final ResourceReader.Read after = read(kind, edit.json());
        NumberChanges nextNumbers = numbers;
        NumberBlocks nextBlocks = blocks;
        TreePMap<ResourceId, ResourceId> nextNames = names;
        if (kind == ResourceKind.NUMBERS) {
            final PhoneNumber old =
                    before != null && leads(before.resource(), id) ? (PhoneNumber) before.resource() : null;
            final PhoneNumber now = after == null ? null : (PhoneNumber) after.resource();
            nextNumbers = renumber(old, now);
            nextBlocks = regroup(old, now);
        } else {
            if (before != null) {
                for (final UniqueName name : before.resource().names()) {
                    nextNames = id.equals(findNamed(name)) ? nextNames.plus(name.key(), ResourceId.NIL) : nextNames;
                }
            }
            if (after != null) {
                for (final UniqueName name : after.resource().names()) {
                    nextNames = name.name().isEmpty() ? nextNames : nextNames.plus(name.key(), id);
                }
            }
        }
        TreePMap<Referral, Boolean> nextReferrals = referrals;
        TreePMap<Target, Long> nextCounts = referralCounts;
        final Set<Target> old = targets(kind, before);
        final Set<Target> now = targets(kind, after);
        for (final Target target : old) {
            if (!now.contains(target)) {
                nextReferrals = refer(nextReferrals, new Referral(target, id), false);
                nextCounts = count(nextCounts, target, -1);
            }
        }
        for (final Target target : now) {
            if (!old.contains(target)) {
                nextReferrals = refer(nextReferrals, new Referral(target, id), true);
                nextCounts = count(nextCounts, target, 1);
            }
        }
        return new OverlaidConfiguration(
                base,
                revision,
                name,
                nextNumbers,
                nextBlocks,
                resources.plus(new Key(kind.code(), id), edit.json() == null ? GONE : edit.json()),
                nextNames,
                nextReferrals,
                nextCounts,
                StoredCreations.include(kind) ? remade(made(kind, id, before), made(kind, id, after)) : made);
    }

    /** With the place that a resource has now in place of the one that it had, either of which may be null. */
    private TreePSet<Made> remade(final Made old, final Made now) {
        final TreePSet<Made> others = old == null || old.equals(now) ? made : made.minus(old);
        return now == null ? others : others.plus(now);
    }

    private static Made made(final ResourceKind kind, final ResourceId id, final ResourceReader.Read read) {
        return read == null
                ? null
                : new Made(
                        kind.code(),
                        read.resource().accountId(),
                        new Creation(read.times().createdUs(), id));
    }

    private static ResourceReader.Read read(final ResourceKind kind, final byte[] json) {
        return json == null ? null : ResourceReader.read(kind, json);
    }

    private NumberChanges renumber(final PhoneNumber before, final PhoneNumber after) {
        NumberChanges next = numbers;
        if (before != null) {
            next = next.with(before.pattern().key(), null);
        }
        if (after != null) {
            final NumberRow row = new NumberRow();
            NumberRows.fill(after, row);
            next = next.with(row.key, row);
        }
        return next;
    }

    /** What an edit before this one took over is there already. */
    private NumberBlocks regroup(final PhoneNumber before, final PhoneNumber after) {
        NumberBlocks next = blocks;
        if (before != null) {
            next = next.without(before.pattern());
        }
        if (after != null) {
            final NumberPattern pattern = after.pattern();
            final boolean own = before != null && before.pattern().key() == pattern.key();
            next = (!own && number(pattern.key(), new NumberRow()) ? next.without(pattern) : next).with(pattern);
        }
        return next;
    }

    /** Whether a number still leads to this resource. */
    private boolean leads(final Resource number, final ResourceId id) {
        final NumberRow row = new NumberRow();
        return number(((PhoneNumber) number).pattern().key(), row) && row.idHigh == id.high() && row.idLow == id.low();
    }

    private static Set<Target> targets(final ResourceKind kind, final ResourceReader.Read read) {
        final Set<Target> targets = new LinkedHashSet<>();
        if (read != null) {
            if (kind != ResourceKind.NUMBERS) {
                targets.add(Target.of(kind, kind, ResourceId.NIL));
            }
            for (final Reference reference : read.references()) {
                targets.add(Target.of(kind, reference.kind(), reference.id()));
            }
        }
        return targets;
    }

    private static TreePMap<Referral, Boolean> refer(
            final TreePMap<Referral, Boolean> referrals, final Referral referral, final boolean added) {
        final Boolean known = referrals.get(referral);
        return known == null || known == added ? referrals.plus(referral, added) : referrals.minus(referral);
    }

    private static TreePMap<Target, Long> count(
            final TreePMap<Target, Long> counts, final Target target, final long difference) {
        return counts.plus(target, counts.getOrDefault(target, 0L) + difference);
    }

    @Override
    public long revision() {
        return revision;
    }

    /** The name of the generation beneath, with the revision behind it when it is not that of the generation. */
    @Override
    public String name() {
        return name;
    }

    /** The generation beneath. */
    public Configuration base() {
        return base;
    }

    /** Resources that differ from the generation. */
    public int changeCount() {
        return resources.size();
    }

    /** What differs from the generation, in an order that does not change. */
    public List<ResourceEdit> changes() {
        final List<ResourceEdit> changes = new ArrayList<>(resources.size());
        for (final Map.Entry<Key, byte[]> change : resources.entrySet()) {
            changes.add(new ResourceEdit(
                    ResourceKind.ofCode(change.getKey().kind),
                    change.getKey().id,
                    change.getValue().length == 0 ? null : change.getValue()));
        }
        return changes;
    }

    @Override
    public NumberBlocks blocks() {
        return blocks;
    }

    @Override
    public boolean number(final long key, final NumberRow into) {
        if (!numbers.contains(key)) {
            return base.number(key, into);
        }
        final NumberRow row = numbers.row(key);
        if (row == null) {
            return false;
        }
        into.copyFrom(row);
        return true;
    }

    @Override
    public byte[] resource(final ResourceKind kind, final long idHigh, final long idLow) {
        final byte[] change = resources.get(new Key(kind.code(), new ResourceId(idHigh, idLow)));
        if (change == null) {
            return base.resource(kind, idHigh, idLow);
        }
        return change.length == 0 ? null : change.clone();
    }

    @Override
    public ResourceId findNamed(final UniqueName name) {
        final ResourceId change = names.get(name.key());
        if (change == null) {
            return base.findNamed(name);
        }
        return change.isNil() ? null : change;
    }

    @Override
    public long referrerCount(final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        return base.referrerCount(kind, targetKind, target)
                + referralCounts.getOrDefault(Target.of(kind, targetKind, target), 0L);
    }

    @Override
    public boolean forEachReferrer(
            final ResourceKind kind,
            final ResourceKind targetKind,
            final ResourceId target,
            final ResourceId after,
            final IdVisitor visitor) {
        final Target wanted = Target.of(kind, targetKind, target);
        final Iterator<Map.Entry<Referral, Boolean>> changes = referrals
                .subMap(new Referral(wanted, after), false, new Referral(wanted, LAST), true)
                .entrySet()
                .iterator();
        final Merge merge = new Merge(changes, visitor);
        return base.forEachReferrer(kind, targetKind, target, after, merge) && merge.rest();
    }

    /** Of the generation all that were not changed, whatever it holds for their place. */
    @Override
    public boolean forEachNewest(
            final ResourceKind kind, final ResourceId account, final Creation before, final CreationVisitor visitor) {
        final NewestMerge merge = new NewestMerge(
                made.subSet(
                                new Made(kind.code(), account, before),
                                false,
                                new Made(kind.code(), account, Creation.LAST),
                                true)
                        .iterator(),
                visitor);
        return base.forEachNewest(
                        kind, account, before, creation -> isChanged(kind, creation.id()) || merge.onCreation(creation))
                && merge.rest();
    }

    private boolean isChanged(final ResourceKind kind, final ResourceId id) {
        return resources.containsKey(new Key(kind.code(), id));
    }

    /** Shows what of the generation is unchanged and what was made or changed in one order. */
    private static final class NewestMerge implements CreationVisitor {
        private final Iterator<Made> changes;
        private final CreationVisitor visitor;
        private Creation next;

        NewestMerge(final Iterator<Made> changes, final CreationVisitor visitor) {
            this.changes = changes;
            this.visitor = visitor;
            advance();
        }

        @Override
        public boolean onCreation(final Creation creation) {
            while (next != null && next.compareTo(creation) < 0) {
                if (!show()) {
                    return false;
                }
            }
            return visitor.onCreation(creation);
        }

        boolean rest() {
            while (next != null) {
                if (!show()) {
                    return false;
                }
            }
            return true;
        }

        private boolean show() {
            final Creation change = next;
            advance();
            return visitor.onCreation(change);
        }

        private void advance() {
            next = changes.hasNext() ? changes.next().creation : null;
        }
    }

    /** Shows identifiers of the generation and of the changes in one order, less those that are gone. */
    private static final class Merge implements IdVisitor {
        private final Iterator<Map.Entry<Referral, Boolean>> changes;
        private final IdVisitor visitor;
        private Map.Entry<Referral, Boolean> next;

        Merge(final Iterator<Map.Entry<Referral, Boolean>> changes, final IdVisitor visitor) {
            this.changes = changes;
            this.visitor = visitor;
            advance();
        }

        @Override
        public boolean onId(final long idHigh, final long idLow) {
            final ResourceId id = new ResourceId(idHigh, idLow);
            while (next != null && next.getKey().referrer.compareTo(id) < 0) {
                if (!show()) {
                    return false;
                }
            }
            if (next != null && next.getKey().referrer.equals(id)) {
                final boolean gone = !next.getValue();
                advance();
                return gone || visitor.onId(idHigh, idLow);
            }
            return visitor.onId(idHigh, idLow);
        }

        boolean rest() {
            while (next != null) {
                if (!show()) {
                    return false;
                }
            }
            return true;
        }

        private boolean show() {
            final Map.Entry<Referral, Boolean> change = next;
            advance();
            final ResourceId id = change.getKey().referrer;
            return !change.getValue() || visitor.onId(id.high(), id.low());
        }

        private void advance() {
            next = changes.hasNext() ? changes.next() : null;
        }
    }
}
