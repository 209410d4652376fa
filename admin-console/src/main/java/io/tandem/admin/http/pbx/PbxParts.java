package io.tandem.admin.http.pbx;

import io.tandem.admin.http.resource.TenantDesk;
import io.tandem.admin.http.wire.Json;
import io.tandem.routing.change.Edit;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * What extensions of one account are made of, and the edits of it. A part belongs to an extension or a user if its identifier
 * derives from that one's: it is found again whatever it is called by then, and nobody else comes by it.
 */
final class PbxParts {
    private static final int SUFFIX_LENGTH = 6;
    private static final int NAME_LENGTH_MAX = 255 - SUFFIX_LENGTH - 1;

    private final TenantDesk desk;
    private final ResourceId account;
    private final List<Edit> edits = new ArrayList<>();

    PbxParts(final TenantDesk desk, final ResourceId account) {
        this.desk = desk;
        this.account = account;
    }

    List<Edit> edits() {
        return edits;
    }

    /** The identifier of the part of a kind that belongs to an extension or a user. */
    static ResourceId own(final ResourceKind kind, final ResourceId owner) {
        return ResourceId.derived(kind, "part of an extension\n" + owner.ulid());
    }

    /** The last letters of an identifier, which tell apart what would bear one name. */
    static String suffix(final ResourceId id) {
        final String text = id.ulid();
        return text.substring(text.length() - SUFFIX_LENGTH).toLowerCase(Locale.ROOT);
    }

    ResourceId newId() {
        return desk.newId();
    }

    /** A part, or null. */
    StoredResource find(final ResourceKind kind, final ResourceId id) {
        return desk.findEvenDeleted(kind, id);
    }

    /** Whether something refers to a part beside so many that are known. */
    boolean isShared(final ResourceKind kind, final ResourceId id, final int known) {
        return desk.referrerCount(kind, id) > known;
    }

    /** A name for a part: the one wanted, unless another part bears it. */
    String name(final ResourceKind kind, final ResourceId id, final String wanted) {
        final String name = cut(wanted);
        final StoredResource bearer = desk.find(UniqueName.within(kind, account, name));
        return bearer == null || bearer.resource().id().equals(id) ? name : name + ' ' + suffix(id);
    }

    /** Whether a part still has a name that {@link #name} gave it. */
    private static boolean isNamed(final ObjectNode part, final ResourceId id, final String wanted) {
        final String name = cut(wanted);
        final String now = part.path("name").asString("");
        return now.equals(name) || now.equals(name + ' ' + suffix(id));
    }

    private static String cut(final String name) {
        if (name.length() <= NAME_LENGTH_MAX) {
            return name;
        }
        final boolean inside = Character.isHighSurrogate(name.charAt(NAME_LENGTH_MAX - 1));
        return name.substring(0, inside ? NAME_LENGTH_MAX - 1 : NAME_LENGTH_MAX);
    }

    /** Makes a part under an identifier. */
    void add(final ResourceKind kind, final ResourceId id, final ObjectNode fields) {
        fields.put("id", id.prefixed(kind));
        fields.put("account_id", account.prefixed(ResourceKind.ACCOUNTS));
        edits.add(Edit.create(kind, fields));
    }

    /** Gives a part that is there fields that have nothing to do with those it had. */
    void remake(final StoredResource was, final ObjectNode fields) {
        fields.put("id", was.resource().id().prefixed(was.kind()));
        fields.put("account_id", account.prefixed(ResourceKind.ACCOUNTS));
        put(was, fields);
    }

    /** Changes a part, if it comes out other than it was. */
    void put(final StoredResource was, final ObjectNode fields) {
        if (!fields.equals(Json.stored(was.resource().json()))) {
            edits.add(Edit.put(was.kind(), was.resource().id(), fields, was.tag()));
        }
    }

    /** Gives a part the new name if it has the old one. */
    void rename(final StoredResource part, final String from, final String to) {
        final ObjectNode fields = Json.stored(part.resource().json());
        final ResourceId id = part.resource().id();
        if (!from.equals(to) && isNamed(fields, id, from)) {
            fields.put("name", name(part.kind(), id, to));
            put(part, fields);
        }
    }

    /** Takes a part away. */
    void remove(final ResourceKind kind, final ResourceId id) {
        edits.add(Edit.delete(kind, id, ""));
    }

    /** Takes away what belongs to an owner; false if it is not there, or more refers to it than is known. */
    boolean removeOwn(final ResourceKind kind, final ResourceId owner, final int known) {
        final ResourceId id = own(kind, owner);
        if (find(kind, id) == null || isShared(kind, id, known)) {
            return false;
        }
        remove(kind, id);
        return true;
    }
}
