package io.tandem.routing.model;

import java.util.List;

/**
 * A prompt, greeting or piece of music; the media server fetches it by its key.
 *
 * @param objectKey where it lies in the store of objects; its own identifier, under which an upload lies, if none is
 *     given.
 * @param format of the file, such as {@code wav}; empty if its name tells.
 * @param durationMs length, or {@link Fields#UNLIMITED} if it is not known.
 */
public record Media(
        ResourceId id,
        ResourceId accountId,
        String name,
        MediaKind kind,
        String objectKey,
        String format,
        int durationMs) implements Resource {

    /** Reads one and reports what is wrong with it. */
    public static Media read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String name = fields.required("name");
        final ResourceId id = fields.identity(ResourceKind.MEDIA, Trunk.naturalKey(account, name));
        final String key = fields.text("object_key", "");
        final Media media = new Media(
                id,
                account,
                name,
                fields.requiredChoice("kind", MediaKind.class),
                key.isBlank() ? id.prefixed(ResourceKind.MEDIA) : key,
                fields.text("format", ""),
                fields.integer("duration_ms", Fields.UNLIMITED, 0, Integer.MAX_VALUE));
        fields.finish();
        return media;
    }

    @Override
    public List<UniqueName> names() {
        return List.of(UniqueName.within(ResourceKind.MEDIA, accountId, name));
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.MEDIA.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("name", name);
        json.word("kind", kind);
        json.text("object_key", objectKey);
        json.text("format", format);
        json.number("duration_ms", durationMs);
        return json.finish();
    }
}
