package io.tandem.routing.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Pieces of media in an order.
 *
 * @param items by position, ties in the order in which they were given.
 */
public record MediaPlaylist(ResourceId id, ResourceId accountId, String name, List<Item> items) implements Resource {
    /** Most items of one list. */
    public static final int ITEMS_MAX = 1000;

    /** Copies and orders the list. */
    public MediaPlaylist {
        final List<Item> ordered = new ArrayList<>(items);
        ordered.sort(Comparator.comparingInt(Item::position));
        items = List.copyOf(ordered);
    }

    /** One piece, with its place. */
    public record Item(ResourceId mediaId, int position) {
        static Item read(final Fields fields, final ResourceId account) {
            final Item item = new Item(
                    fields.requiredReference("media_id", ResourceKind.MEDIA, account),
                    fields.integer("position", 0, 0, RingGroupMember.POSITION_MAX));
            fields.finish();
            return item;
        }
    }

    /** Reads one and reports what is wrong with it. */
    public static MediaPlaylist read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String name = fields.required("name");
        final MediaPlaylist playlist = new MediaPlaylist(
                fields.identity(ResourceKind.MEDIA_PLAYLISTS, Trunk.naturalKey(account, name)),
                account,
                name,
                fields.list("items", ITEMS_MAX, item -> Item.read(item, account)));
        fields.finish();
        return playlist;
    }

    @Override
    public List<UniqueName> names() {
        return List.of(UniqueName.within(ResourceKind.MEDIA_PLAYLISTS, accountId, name));
    }

    @Override
    public void check(final Fields fields, final Resources others) {
        for (int i = 0; i < items.size(); i++) { // as they were given, not by position
            final Fields item = fields.element("items", i);
            final ResourceId media = item.quietly("media_id", ResourceKind.MEDIA, accountId);
            Ownership.check(item, "media_id", ResourceKind.MEDIA, media, accountId, others);
        }
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.MEDIA_PLAYLISTS.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("name", name);
        json.startList("items");
        for (final Item item : items) {
            json.startElement();
            json.id("media_id", item.mediaId(), ResourceKind.MEDIA.prefix());
            json.number("position", item.position());
            json.endElement();
        }
        json.endList();
        return json.finish();
    }
}
