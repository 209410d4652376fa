package io.tandem.routing.model;

import java.util.List;

/** What stands beside a resource that is checked, and what becomes of one that is stored. */
final class Beside implements Resources {
    private final List<Resource> others;

    private Beside(final List<Resource> others) {
        this.others = others;
    }

    static Beside of(final Resource... others) {
        return new Beside(List.of(others));
    }

    /** A stored resource, read as it is when calls are routed. */
    static Resource stored(final ResourceKind kind, final byte[] json) {
        final Problems problems = new Problems(10);
        final Resource resource = kind.read(new Fields(
                ResourceReader.object(json, 0, json.length),
                kind.collection(),
                0,
                References.TRUSTING,
                problems,
                new Problems(10)));
        if (!problems.isEmpty()) {
            throw new AssertionError(problems.toString());
        }
        return resource;
    }

    @Override
    public Resource find(final ResourceKind kind, final ResourceId id) {
        for (final Resource other : others) {
            if (other.id().equals(id)) {
                return other;
            }
        }
        return null;
    }

    @Override
    public Iterable<Resource> referring(
                final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        return others;
    }
}
