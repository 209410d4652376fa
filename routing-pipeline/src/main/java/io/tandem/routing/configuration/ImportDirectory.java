package io.tandem.routing.configuration;

import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.model.References;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a file contains, by identifier and by name, so that its lines may refer to each other in any order. Numbers are not
 * kept: only those that somebody refers to are noted.
 */
final class ImportDirectory implements References {
    /** No line. */
    static final int NOWHERE = -1;

    /** Several resources of one kind bear the name. */
    private static final ResourceId AMBIGUOUS = new ResourceId(-1, -1);

    /** Names that were found last: neighbouring lines name the same. */
    private static final int FOUND_KEPT = 4096;

    private final IndexBuilder index;
    private final Map<ResourceKind, IdMap> lines = new EnumMap<>(ResourceKind.class);

    /** By the name alone, of what has its names within accounts. */
    private final IdMap bareNames = new IdMap();

    private final UniqueName[] foundNames = new UniqueName[FOUND_KEPT];
    private final ResourceId[] foundIds = new ResourceId[FOUND_KEPT];
    private final Map<ResourceId, Boolean> wantedNumbers = new LinkedHashMap<>();
    private final Map<NumberPattern, ResourceId> wantedPatterns = new LinkedHashMap<>();
    private boolean asked;

    /** Names go into an index. */
    ImportDirectory(final IndexBuilder index) {
        this.index = index;
    }

    /**
     * Enters a resource.
     *
     * @param line where it stands.
     * @return the field whose value is taken already, or null if everything was free.
     */
    String enter(final ResourceKind kind, final Resource resource, final int line) {
        Arrays.fill(foundNames, null);
        final ResourceId id = resource.id();
        for (final UniqueName name : resource.names()) {
            if (!name.name().isBlank() && index.addName(name, id) != null) {
                return name.field();
            }
        }
        if (line(kind, id) != NOWHERE) {
            return "id";
        }
        lines.computeIfAbsent(kind, k -> new IdMap()).put(id.high(), id.low(), 0, line);
        if (!resource.names().isEmpty()) {
            enterBare(kind, resource.names().getFirst(), id);
        }
        return null;
    }

    private void enterBare(final ResourceKind kind, final UniqueName name, final ResourceId id) {
        if (!name.equals(named(kind, ResourceId.NIL, name.name()))) {
            final ResourceId key = named(kind, ResourceId.NIL, name.name()).key();
            final ResourceId borne = bareNames.find(key.high(), key.low()) < 0 ? id : AMBIGUOUS;
            bareNames.put(key.high(), key.low(), borne.high(), borne.low());
        }
    }

    private static UniqueName named(final ResourceKind kind, final ResourceId account, final String name) {
        return new UniqueName(kind, kind.nameField(), account, name);
    }

    /** The line on which a resource stands, or {@link #NOWHERE}. */
    int line(final ResourceKind kind, final ResourceId id) {
        final IdMap ofKind = lines.get(kind);
        final int place = ofKind == null ? -1 : ofKind.find(id.high(), id.low());
        return place < 0 ? NOWHERE : (int) ofKind.low(place);
    }

    /** Identifiers of a kind, ascending. */
    IdList ids(final ResourceKind kind) {
        final IdList ids = new IdList();
        final IdMap ofKind = lines.get(kind);
        if (ofKind != null) {
            ofKind.forEach((high, low, none, line) -> ids.add(high, low));
            ids.sort();
        }
        return ids;
    }

    @Override
    public ResourceId find(final ResourceKind kind, final String text, final ResourceId account) {
        if (kind == ResourceKind.NUMBERS) {
            return findNumber(text);
        }
        if (text.startsWith(BY_NAME)) {
            return findNamed(named(kind, account, text.substring(BY_NAME.length())));
        }
        final ResourceId id = ResourceId.parse(text, kind.prefix());
        return id != null && line(kind, id) != NOWHERE ? id : null;
    }

    private ResourceId findNamed(final UniqueName name) {
        final int place = (name.name().hashCode() + (int) name.scope().low()) & (FOUND_KEPT - 1);
        if (name.equals(foundNames[place])) {
            return foundIds[place];
        }
        ResourceId found = index.named(name);
        if (found == null && !name.scope().isNil()) {
            found = index.named(named(name.kind(), ResourceId.NIL, name.name()));
        }
        if (found == null) {
            found = findBare(name);
        }
        if (found != null) {
            foundNames[place] = name;
            foundIds[place] = found;
        }
        return found;
    }

    /** The only one of a kind that bears a name. */
    private ResourceId findBare(final UniqueName name) {
        final ResourceId key = named(name.kind(), ResourceId.NIL, name.name()).key();
        final int place = bareNames.find(key.high(), key.low());
        final ResourceId found = place < 0 ? null : new ResourceId(bareNames.high(place), bareNames.low(place));
        return AMBIGUOUS.equals(found) ? null : found;
    }

    /** Whether a number was asked for since this was asked last. */
    boolean askedForNumber() {
        final boolean answer = asked;
        asked = false;
        return answer;
    }

    /** A number was read. */
    void sawNumber(final ResourceId id, final NumberPattern pattern) {
        if (!wantedNumbers.isEmpty()) {
            wantedNumbers.computeIfPresent(id, (key, seen) -> true);
        }
        if (!wantedPatterns.isEmpty()) {
            wantedPatterns.computeIfPresent(pattern, (key, seen) -> id);
        }
    }

    /** A number that was seen; else it is wanted from now on. */
    private ResourceId findNumber(final String text) {
        asked = true;
        if (text.startsWith(BY_NAME)) {
            final ResourceId found = wantedPatterns.computeIfAbsent(
                    NumberPattern.parse(text.substring(BY_NAME.length())), key -> ResourceId.NIL);
            return found.isNil() ? null : found;
        }
        final ResourceId id = ResourceId.parse(text, ResourceKind.NUMBERS.prefix());
        return id != null && wantedNumbers.computeIfAbsent(id, key -> false) ? id : null;
    }
}
