package io.tandem.routing.number;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Countries by the first digits of an international number: the calling code, and as many digits behind it as it takes where
 * countries share one. Immutable; a look-up reads one {@code int} a digit.
 *
 * <p>Each node has ten entries, one a digit: a positive entry is the next node, any other is minus the country.
 */
final class CountryTrie {
    /** Digits behind a shared calling code that are looked at; where they leave a choice, the main country has it. */
    private static final int SHARED_DIGITS_MAX = 5;

    private final int[] entries;
    private final int[] mainCountries;

    private CountryTrie(final int[] entries, final int[] mainCountries) {
        this.entries = entries;
        this.mainCountries = mainCountries;
    }

    /** Builds the trie from the published plans. */
    static CountryTrie build() {
        final Node root = new Node(Country.NONE);
        for (final int code : PhoneMetadata.callingCodes()) {
            final List<String> countries = PhoneMetadata.countries(code);
            final int main = countries.isEmpty() ? Country.NONE : Country.parse(countries.getFirst());
            final Object found = countries.size() < 2 ? (Object) main : resolve("", sharers(countries), main);
            root.put(Integer.toString(code), 0, found);
        }
        final List<Node> nodes = new ArrayList<>();
        root.number(nodes);
        final int[] entries = new int[nodes.size() * 10];
        final int[] mains = new int[nodes.size()];
        for (int i = 0; i < nodes.size(); i++) {
            mains[i] = nodes.get(i).main;
            for (int digit = 0; digit < 10; digit++) {
                final Object next = nodes.get(i).next[digit];
                entries[i * 10 + digit] = next instanceof Node node ? node.index : -(int) next;
            }
        }
        return new CountryTrie(entries, mains);
    }

    /** The country of an international number, or {@link Country#NONE}. */
    int find(final long e164) {
        final int length = NumberPrefix.length(e164);
        int node = 0;
        for (int i = 0; i < length; i++) {
            final int next = entries[node * 10 + NumberPrefix.digit(e164, length, i)];
            if (next <= 0) {
                return -next;
            }
            node = next;
        }
        return mainCountries[node];
    }

    int hash() {
        return Arrays.hashCode(entries) * 31 + Arrays.hashCode(mainCountries);
    }

    int nodes() {
        return mainCountries.length;
    }

    private static List<Sharer> sharers(final List<String> countries) {
        final List<Sharer> sharers = new ArrayList<>();
        final Set<String> earlier = new LinkedHashSet<>();
        for (final String country : countries) {
            final String numbers = PhoneMetadata.ownNumbers(country, sharers.isEmpty(), earlier);
            sharers.add(new Sharer(Country.parse(country), new Viability(numbers)));
        }
        return sharers;
    }

    /** A country, or a node where the digits so far leave a choice. */
    private static Object resolve(final String digits, final List<Sharer> sharers, final int main) {
        final List<Sharer> viable = new ArrayList<>();
        for (final Sharer sharer : sharers) {
            if (sharer.numbers.mayBegin(digits)) {
                viable.add(sharer);
            }
        }
        if (viable.size() < 2 || digits.length() == SHARED_DIGITS_MAX) {
            return viable.isEmpty() ? main : viable.getFirst().country;
        }
        final Node node = new Node(main);
        boolean same = true;
        for (int digit = 0; digit < 10; digit++) {
            node.next[digit] = resolve(digits + digit, viable, main);
            same &= node.next[digit].equals(node.next[0]);
        }
        return same ? node.next[0] : node;
    }

    private record Sharer(int country, Viability numbers) {}

    private static final class Node {
        private final int main;
        private final Object[] next = new Object[10];
        private int index;

        Node(final int main) {
            this.main = main;
            Arrays.fill(next, Country.NONE);
        }

        void put(final String code, final int at, final Object found) {
            final int digit = code.charAt(at) - '0';
            if (at == code.length() - 1) {
                next[digit] = found;
                return;
            }
            if (!(next[digit] instanceof Node)) {
                next[digit] = new Node(Country.NONE);
            }
            ((Node) next[digit]).put(code, at + 1, found);
        }

        void number(final List<Node> nodes) {
            index = nodes.size();
            nodes.add(this);
            for (final Object child : next) {
                if (child instanceof Node node) {
                    node.number(nodes);
                }
            }
        }
    }
}
