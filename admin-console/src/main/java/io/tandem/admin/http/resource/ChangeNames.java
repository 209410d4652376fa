package io.tandem.admin.http.resource;

import io.tandem.admin.http.wire.Json;
import io.tandem.admin.view.ConfigurationDesk;
import io.tandem.routing.change.Edit;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.References;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Who bears a name once a change is made: what the change makes first, then what is stored. Identifiers are taken on
 * trust: the desk, which knows the whole change, judges them. Of one request.
 */
final class ChangeNames implements References {
    private static final List<ResourceKind> ORDER = ResourceKind.inOrderOfNaming();

    private final ConfigurationDesk desk;
    private final Map<UniqueName, ResourceId> made = new LinkedHashMap<>();
    private final Set<ResourceId> touched = new HashSet<>();

    ChangeNames(final ConfigurationDesk desk) {
        this.desk = desk;
    }

    /** With the names that edits make, in whichever order they stand. */
    static ChangeNames of(final ConfigurationDesk desk, final List<Edit> edits) {
        final ChangeNames names = new ChangeNames(desk);
        for (final ResourceKind kind : ORDER) {
            for (final Edit edit : edits) {
                if (edit.kind() == kind && edit.fields() != null) {
                    names.enter(edit);
                }
            }
        }
        return names;
    }

    /**
     * Notes the names that an edit makes; edits of kinds that come earlier in {@link ResourceKind#inOrderOfNaming()} have
     * been entered before. What is wrong with it comes out when the change is made.
     *
     * @return what the edit is about: the identifier that it gives, the bearer of its first name, or what its reader
     *     derives; null when what it gives is none.
     */
    ResourceId enter(final Edit edit) {
        final Resource resource = edit.kind()
                .read(new Fields(
                        edit.fields().deepCopy(), edit.kind().collection(), 0, this, new Problems(0), new Problems(0)));
        final ResourceId id = edit.id() == null ? settled(edit, resource) : edit.id();
        touched.add(id == null ? resource.id() : id);
        for (final UniqueName name : resource.names()) {
            made.put(name, id == null ? resource.id() : id);
        }
        return id;
    }

    private ResourceId settled(final Edit edit, final Resource resource) {
        final JsonNode given = edit.fields().get("id");
        if (Json.isGiven(given)) {
            final ResourceId id = given.isString()
                    ? ResourceId.parse(given.stringValue(), edit.kind().prefix())
                    : null;
            return id == null || id.isNil() ? null : id;
        }
        if (resource.names().isEmpty() || resource.names().getFirst().name().isBlank()) {
            return resource.id();
        }
        final ResourceId bearer = bearer(resource.names().getFirst());
        return bearer == null ? resource.id() : bearer;
    }

    @Override
    public ResourceId find(final ResourceKind kind, final String text, final ResourceId account) {
        if (!text.startsWith(BY_NAME)) {
            return ResourceId.parse(text, kind.prefix());
        }
        final String name = text.substring(BY_NAME.length());
        if (kind == ResourceKind.NUMBERS) {
            final NumberPattern pattern = NumberPattern.parse(name);
            return pattern.isThere() ? bearer(pattern.name()) : null;
        }
        final ResourceId within = bearer(new UniqueName(kind, kind.nameField(), account, name));
        return within != null ? within : bearer(new UniqueName(kind, kind.nameField(), ResourceId.NIL, name));
    }

    private ResourceId bearer(final UniqueName name) {
        final ResourceId id = made.get(name);
        if (id != null) {
            return id;
        }
        final ResourceId stored = desk.find(name);
        return stored == null || touched.contains(stored) ? null : stored;
    }
}
