package io.tandem.routing.configuration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Numbers, prefixes and ranges as texts in a list, and what takes a number said in the plainest way: all that hold it are looked
 * at, and the one with most digits in common comes first.
 */
final class NumberOracle {
    /** Who has what: identifiers and texts as they are stored. */
    final Map<Long, String> patterns = new TreeMap<>();

    NumberOracle() {}

    NumberOracle(final NumberOracle other) {
        patterns.putAll(other.patterns);
    }

    /** Whether a pattern is taken or, as a range, has a number in common with another. */
    boolean isFree(final String pattern) {
        return patterns.values().stream().noneMatch(other -> other.equals(pattern) || overlap(other, pattern));
    }

    /** Whether all that there is may stand beside each other. */
    boolean isRight() {
        final List<String> all = new ArrayList<>(patterns.values());
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (all.get(i).equals(all.get(j)) || overlap(all.get(i), all.get(j))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean overlap(final String one, final String other) {
        return one.contains("..") && other.contains("..") && (holds(one, first(other)) || holds(other, first(one)));
    }

    static String first(final String range) {
        return range.substring(0, range.indexOf(".."));
    }

    static String last(final String range) {
        return range.substring(range.indexOf("..") + 2);
    }

    static boolean holds(final String pattern, final String number) {
        if (pattern.endsWith("*")) {
            return number.startsWith(pattern.substring(0, pattern.length() - 1));
        }
        if (pattern.contains("..")) {
            return number.length() == first(pattern).length()
                    && number.compareTo(first(pattern)) >= 0
                    && number.compareTo(last(pattern)) <= 0;
        }
        return pattern.equals(number);
    }

    /** Twice the digits in common, ranges above prefixes, single numbers above all. */
    private static int rank(final String pattern) {
        if (pattern.endsWith("*")) {
            return 2 * (pattern.length() - 1);
        }
        if (!pattern.contains("..")) {
            return Integer.MAX_VALUE;
        }
        int shared = 0;
        while (first(pattern).charAt(shared) == last(pattern).charAt(shared)) {
            shared++;
        }
        return 2 * shared + 1;
    }

    /** Who has the patterns that hold a number, whoever takes it first. */
    List<Long> holders(final String number) {
        return patterns.entrySet().stream()
                .filter(entry -> holds(entry.getValue(), number))
                .sorted(Comparator.comparingInt((Map.Entry<Long, String> entry) -> rank(entry.getValue()))
                        .reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Numbers at every edge of everything, and some at random. */
    NavigableSet<String> probes(final SplittableRandom random) {
        final NavigableSet<String> probes = new TreeSet<>();
        for (final String pattern : patterns.values()) {
            if (pattern.endsWith("*")) {
                final String digits = pattern.substring(0, pattern.length() - 1);
                final long next = Long.parseLong(digits) + 1;
                for (final String more : new String[] {"", "0", "9", "00", "99", "000", "4711"}) {
                    probes.add(digits + more);
                    probes.add(next + more);
                    probes.add(next - 2 + more);
                }
            } else {
                for (final String end : pattern.split("\\.\\.", -1)) {
                    for (int off = -1; off <= 1; off++) {
                        probes.add(Long.toString(Long.parseLong(end) + off));
                    }
                    probes.add(end + "0");
                    probes.add(end.substring(0, end.length() - 1));
                }
            }
        }
        for (int i = 0; i < 100; i++) {
            probes.add(digits(random, random.nextInt(3, 8)));
        }
        probes.removeIf(number -> number.length() < 3 || number.length() > 15 || number.startsWith("0"));
        return probes;
    }

    /** A pattern with few different digits, so that many of them hold the same numbers; never virtual ones. */
    static String pattern(final SplittableRandom random) {
        final int length = random.nextInt(20) == 0 ? random.nextInt(10, 16) : random.nextInt(3, 7);
        return switch (random.nextInt(3)) {
            case 0 -> digits(random, length);
            case 1 -> digits(random, random.nextInt(1, length + 1)) + "*";
            default -> range(random, length);
        };
    }

    private static String range(final SplittableRandom random, final int length) {
        final String first = digits(random, length);
        final long most = Long.parseLong("4" + "0".repeat(length - 1)) - 1;
        final long size = random.nextLong(1, (long) Math.pow(10, random.nextInt(1, length)));
        final long last = Math.min(most, Long.parseLong(first) + size);
        return last > Long.parseLong(first) ? first + ".." + last : first;
    }

    private static String digits(final SplittableRandom random, final int length) {
        final StringBuilder digits = new StringBuilder().append(random.nextInt(1, 4));
        while (digits.length() < length) {
            digits.append(random.nextBoolean() ? random.nextInt(10) : random.nextInt(2));
        }
        return digits.toString();
    }
}
