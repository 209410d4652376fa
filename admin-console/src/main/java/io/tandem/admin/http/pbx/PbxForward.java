package io.tandem.admin.http.pbx;

import io.tandem.admin.http.wire.Json;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.Forward;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.model.User;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where calls go that a user's phones do not take. Before the number stands whatever else was to be done with them: it becomes
 * the overflow of the forward, and is again what is to be done when the number is taken away.
 */
final class PbxForward {
    private static final ResourceKind KIND = ResourceKind.FORWARDS;
    private static final String STEM = "fwd_noanswer";
    private static final String OVERFLOW = "overflow_dest";
    private static final List<String> TARGET = List.of("_kind", "_id", "_xform");

    private final PbxParts parts;

    PbxForward(final PbxParts parts) {
        this.parts = parts;
    }

    /** Forwards a user who is not forwarded yet. */
    void set(final ResourceId id, final ObjectNode user, final String number) {
        final ObjectNode forward = Json.object();
        forward.put("trigger", "no_answer");
        move(user, STEM, forward, OVERFLOW);
        lead(id, user, forward, number);
    }

    /** Changes where a user is forwarded to; with an empty number nowhere any more. */
    void change(final User was, final ObjectNode user, final String number) {
        final StoredResource there = was.forwardNoAnswer().kind() == TargetKind.FORWARD
                ? parts.find(KIND, was.forwardNoAnswer().id())
                : null;
        if (there == null) {
            if (!number.isEmpty()) {
                set(was.id(), user, number);
            }
        } else if (number.isEmpty()) {
            clear(was, user, there);
        } else if (!number.equals(((Forward) there.resource()).number())) {
            changeNumber(was, user, there, number);
        }
    }

    private void clear(final User was, final ObjectNode user, final StoredResource there) {
        move(Json.stored(there.resource().json()), OVERFLOW, user, STEM);
        final ResourceId id = there.resource().id();
        if (id.equals(PbxParts.own(KIND, was.id())) && !isShared(was, id)) {
            parts.remove(KIND, id);
        }
    }

    /** What others use as well stays as it is for them; the user gets one like it. */
    private void changeNumber(final User was, final ObjectNode user, final StoredResource there, final String number) {
        final ObjectNode forward = Json.stored(there.resource().json());
        if (isShared(was, there.resource().id())) {
            lead(was.id(), user, forward, number);
        } else {
            forward.put("number", number);
            parts.put(there, forward);
        }
    }

    private boolean isShared(final User user, final ResourceId id) {
        return user.forwardAlways().id().equals(id)
                || user.forwardBusy().id().equals(id)
                || parts.isShared(KIND, id, 1);
    }

    /** Makes a forward and has the user lead to it; one of the user's own that nothing leads to any more is made anew. */
    private void lead(final ResourceId owner, final ObjectNode user, final ObjectNode forward, final String number) {
        final ResourceId own = PbxParts.own(KIND, owner);
        final StoredResource idle = parts.find(KIND, own);
        final boolean again = idle != null && !parts.isShared(KIND, own, 0);
        final ResourceId id = idle == null || again ? own : parts.newId();
        forward.put("name", "extension " + id.ulid());
        forward.put("number", number);
        if (again) {
            parts.remake(idle, forward);
        } else {
            parts.add(KIND, id, forward);
        }
        user.put(STEM + "_kind", TargetKind.FORWARD.word());
        user.put(STEM + "_id", id.prefixed(KIND));
    }

    private static void move(final ObjectNode from, final String fromStem, final ObjectNode to, final String toStem) {
        for (final String field : TARGET) {
            final JsonNode value = from.remove(fromStem + field);
            to.remove(toStem + field);
            if (value != null) {
                to.set(toStem + field, value);
            }
        }
    }
}
