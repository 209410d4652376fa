package io.tandem.routing.configuration;

import io.tandem.routing.model.References;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.number.E164;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a file contains, by identifier and by name, so that its lines may refer to each other in any order. Numbers are not
 * kept: only those that somebody refers to are noted.
 */
final class ImportDirectory implements References {
    /** Several resources of one kind bear the name. */
    private static final ResourceId AMBIGUOUS = new ResourceId(-1, -1);

    private final Map<ResourceKind, Map<ResourceId, String>> byId = new EnumMap<>(ResourceKind.class);
    private final Map<String, ResourceId> byName = new LinkedHashMap<>();
    private final Map<ResourceId, Boolean> wantedNumbers = new LinkedHashMap<>();
    private final Map<Long, ResourceId> wantedE164s = new LinkedHashMap<>();

    /**
     * Enters a resource.
     *
     * @param account whose name it is; {@link ResourceId#NIL} for names of the whole platform.
     * @return what is taken already, {@code id} or {@code name}, or null if both were free.
     */
    String enter(final ResourceKind kind, final ResourceId id, final ResourceId account, final String name) {
        if (byName.putIfAbsent(key(kind, account, name), id) != null) {
            return "name";
        }
        if (byId.computeIfAbsent(kind, k -> new LinkedHashMap<>()).putIfAbsent(id, name) != null) {
            return "id";
        }
        if (!account.isNil()) {
            byName.merge(key(kind, ResourceId.NIL, name), id, (first, second) -> AMBIGUOUS);
        }
        return null;
    }

    @Override
    public ResourceId find(final ResourceKind kind, final String text, final ResourceId account) {
        if (kind == ResourceKind.NUMBERS) {
            return findNumber(text);
        }
        if (text.startsWith(BY_NAME)) {
            final String name = text.substring(BY_NAME.length());
            final ResourceId own = byName.get(key(kind, account, name));
            final ResourceId found = own != null ? own : byName.get(key(kind, ResourceId.NIL, name));
            return AMBIGUOUS.equals(found) ? null : found;
        }
        final ResourceId id = ResourceId.parse(text, kind.prefix());
        return id != null && byId.getOrDefault(kind, Map.of()).containsKey(id) ? id : null;
    }

    /** Notes that a number is referred to, before numbers are read. */
    void want(final String text) {
        if (text.startsWith(BY_NAME)) {
            wantedE164s.put(E164.parse(text.substring(BY_NAME.length())), ResourceId.NIL);
        } else {
            final ResourceId id = ResourceId.parse(text, ResourceKind.NUMBERS.prefix());
            if (id != null) {
                wantedNumbers.put(id, false);
            }
        }
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

    private ResourceId findNumber(final String text) {
        if (text.startsWith(BY_NAME)) {
            return wantedE164s.get(E164.parse(text.substring(BY_NAME.length())));
        }
        final ResourceId id = ResourceId.parse(text, ResourceKind.NUMBERS.prefix());
        return id != null && wantedNumbers.getOrDefault(id, false) ? id : null;
    }

    private static String key(final ResourceKind kind, final ResourceId account, final String name) {
        return kind.collection() + '\n' + account.ulid() + '\n' + name;
    }
}
