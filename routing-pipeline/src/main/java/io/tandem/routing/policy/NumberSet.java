package io.tandem.routing.policy;

import io.tandem.routing.model.PhoneList;
import io.tandem.routing.model.PhoneListKind;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.number.NumberPrefix;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Numbers and beginnings of numbers of some phone lists, sorted: a look-up is one binary search for the number and one for each
 * length of beginnings in use, and allocates nothing. Eight bytes an entry and four for the list that it is from.
 */
final class NumberSet {
    private final ResourceId[] lists;
    private final Keys exact;
    private final Keys prefixes;
    private final int lengths;

    private NumberSet(final List<PhoneList> sources) {
        lists = sources.stream().map(PhoneList::id).toArray(ResourceId[]::new);
        final TreeMap<Long, Integer> numbers = new TreeMap<>();
        final TreeMap<Long, Integer> beginnings = new TreeMap<>();
        int used = 0;
        for (int i = 0; i < sources.size(); i++) {
            for (final String entry : sources.get(i).entries()) {
                if (entry.endsWith(PhoneList.PREFIX_MARK)) {
                    final String digits = entry.substring(0, entry.length() - 1);
                    beginnings.putIfAbsent(NumberPrefix.key(digits), i);
                    used |= 1 << digits.length();
                } else {
                    numbers.putIfAbsent(Long.parseLong(entry), i);
                }
            }
        }
        exact = new Keys(numbers);
        prefixes = new Keys(beginnings);
        lengths = used;
    }

    /** The numbers of all lists of a kind. */
    static NumberSet of(final List<PhoneList> lists, final PhoneListKind kind) {
        return new NumberSet(
                lists.stream().filter(list -> list.listKind() == kind).toList());
    }

    /** The list that has a number: as it stands, else by its longest beginning; {@link ResourceId#NIL} if none has. */
    ResourceId find(final long e164) {
        final int whole = exact.find(e164);
        if (whole >= 0) {
            return lists[whole];
        }
        final int digits = NumberPrefix.length(e164);
        for (int length = digits; length > 0 && lengths != 0; length--) {
            if ((lengths & 1 << length) != 0) {
                final int list = prefixes.find(NumberPrefix.key(NumberPrefix.head(e164, digits, length), length));
                if (list >= 0) {
                    return lists[list];
                }
            }
        }
        return ResourceId.NIL;
    }

    /** Tells what became of every list. */
    void tell(final ResourceId found, final boolean decides, final RuleTrace trace) {
        for (int i = 0; i < lists.length && trace.listens(); i++) {
            trace.onRule(
                    lists[i],
                    !lists[i].equals(found)
                            ? Finding.OTHER_NUMBER
                            : decides ? Finding.DECIDES : Finding.COMES_LATER);
        }
    }

    private static final class Keys {
        private final long[] keys;
        private final int[] owners;

        Keys(final Map<Long, Integer> sorted) {
            keys = sorted.keySet().stream().mapToLong(Long::longValue).toArray();
            owners = sorted.values().stream().mapToInt(Integer::intValue).toArray();
        }

        int find(final long key) {
            final int found = Arrays.binarySearch(keys, key);
            return found < 0 ? -1 : owners[found];
        }
    }
}
