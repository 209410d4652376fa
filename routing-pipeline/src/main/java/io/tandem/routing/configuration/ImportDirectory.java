package io.tandem.routing.configuration;

import io.tandem.routing.model.References;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import io.tandem.routing.number.E164;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a file contains, by identifier and by name, so that its lines may refer to each other in any order. Numbers are not
 * kept: only those that somebody refers to are noted.
 */
final class ImportDirectory implements References {
    /** Several resources of one kind bear the name. */
    private static final ResourceId AMBIGUOUS = new ResourceId(-1, -1);

    private final Map<ResourceKind, Set<ResourceId>> byId = new EnumMap<>(ResourceKind.class);
    private final Map<UniqueName, ResourceId> unique = new LinkedHashMap<>();
    private final Map<ResourceKind, Map<String, ResourceId>> byName = new EnumMap<>(ResourceKind.class);
    private final Map<ResourceId, Boolean> wantedNumbers = new LinkedHashMap<>();
    private final Map<Long, ResourceId> wantedE164s = new LinkedHashMap<>();
    private boolean asked;

    /**
     * Enters a resource.
     *
     * @return the field whose value is taken already, or null if everything was free.
     */
    String enter(final ResourceKind kind, final Resource resource) {
        final ResourceId id = resource.id();
        for (final UniqueName name : resource.names()) {
            if (!name.name().isBlank()) {
                final ResourceId other = unique.putIfAbsent(name, id);
                if (other != null) {
                    return name.field();
                }
            }
        }
        if (!byId.computeIfAbsent(kind, k -> new LinkedHashSet<>()).add(id)) {
            return "id";
        }
        if (!resource.names().isEmpty()) {
            final UniqueName first = resource.names().getFirst();
            byName.computeIfAbsent(kind, k -> new LinkedHashMap<>())
                    .merge(first.name(), id, (one, another) -> AMBIGUOUS);
        }
        return null;
    }

    @Override
    public ResourceId find(final ResourceKind kind, final String text, final ResourceId account) {
        if (kind == ResourceKind.NUMBERS) {
            return findNumber(text);
        }
        if (text.startsWith(BY_NAME)) {
            return findNamed(kind, text.substring(BY_NAME.length()), account);
        }
        final ResourceId id = ResourceId.parse(text, kind.prefix());
        return id != null && byId.getOrDefault(kind, Set.of()).contains(id) ? id : null;
    }

    private ResourceId findNamed(final ResourceKind kind, final String name, final ResourceId account) {
        final ResourceId own = unique.get(new UniqueName(kind, kind.nameField(), account, name));
        final ResourceId found =
                own != null ? own : byName.getOrDefault(kind, Map.of()).get(name);
        return AMBIGUOUS.equals(found) ? null : found;
    }

    /** Whether a number was asked for since this was asked last. */
    boolean askedForNumber() {
        final boolean answer = asked;
        asked = false;
        return answer;
    }

    /** A number was read. */
    void sawNumber(final ResourceId id, final long e164) {
        if (!wantedNumbers.isEmpty()) {
            wantedNumbers.computeIfPresent(id, (key, seen) -> true);
        }
        if (!wantedE164s.isEmpty()) {
            wantedE164s.computeIfPresent(e164, (key, seen) -> id);
        }
    }

    /** A number that was seen; else it is wanted from now on. */
    private ResourceId findNumber(final String text) {
        asked = true;
        if (text.startsWith(BY_NAME)) {
            final ResourceId found = wantedE164s.computeIfAbsent(
                    E164.parse(text.substring(BY_NAME.length())), key -> ResourceId.NIL);
            return found.isNil() ? null : found;
        }
        final ResourceId id = ResourceId.parse(text, ResourceKind.NUMBERS.prefix());
        return id != null && wantedNumbers.computeIfAbsent(id, key -> false) ? id : null;
    }
}
