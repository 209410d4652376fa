package io.tandem.routing.model;

import java.util.List;
import java.util.TreeSet;

/**
 * Numbers that are treated alike.
 *
 * @param name for people; empty for none.
 * @param listKind what they are in it for.
 * @param entries numbers in digits, and beginnings of numbers with {@link #PREFIX_MARK} behind them; ascending, each once.
 */
public record PhoneList(
        ResourceId id,
        ResourceId accountId,
        String name,
        PolicyScope scope,
        ResourceId scopeId,
        PhoneListKind listKind,
        List<String> entries) implements Policy {

    /** Most entries of one list. */
    public static final int ENTRIES_MAX = 10_000;

    /** What stands behind the beginning of numbers. */
    public static final String PREFIX_MARK = "*";

    /** Copies the list. */
    public PhoneList {
        entries = List.copyOf(entries);
    }

    /** Reads one and reports what is wrong with it. */
    public static PhoneList read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String name = fields.text("name", "");
        final PolicyScope scope = fields.choice("scope_kind", PolicyScope.class, PolicyScope.ACCOUNT);
        final ResourceId scopeId = PolicyScope.readId(fields, scope, account);
        final PhoneListKind kind = fields.requiredChoice("kind", PhoneListKind.class);
        final List<String> entries = readEntries(fields);
        final String key =
                String.join("\n", account.ulid(), Fields.word(scope), scopeId.ulid(), String.valueOf(kind), name);
        final ResourceId id = fields.identity(ResourceKind.PHONE_LISTS, key);
        fields.finish();
        return new PhoneList(id, account, name, scope, scopeId, kind, entries);
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.PHONE_LISTS;
    }

    @Override
    public List<UniqueName> names() {
        return name.isEmpty() ? List.of() : List.of(UniqueName.within(ResourceKind.PHONE_LISTS, accountId, name));
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.PHONE_LISTS.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("name", name);
        json.word("scope_kind", scope);
        json.id("scope_id", scopeId, scope.kind().prefix());
        json.word("kind", listKind);
        json.texts("entries", entries);
        return json.finish();
    }

    private static List<String> readEntries(final Fields fields) {
        final List<String> texts = fields.texts("entries");
        if (texts.size() > ENTRIES_MAX) {
            fields.refuse("entries", "must have at most " + ENTRIES_MAX + " entries", "make a second list");
            return List.of();
        }
        final TreeSet<String> entries = new TreeSet<>();
        for (final String text : texts) {
            final boolean prefix = text.endsWith(PREFIX_MARK);
            final String digits = DigitPrefix.digits(prefix ? text.substring(0, text.length() - 1) : text);
            if (digits == null || (!prefix && digits.length() < 3)) {
                fields.refuse(
                        "entries",
                        "must hold international numbers, or beginnings of such with * behind them: " + text,
                        "write them like 12025550123 or 1900*");
            } else {
                entries.add(prefix ? digits + PREFIX_MARK : digits);
            }
        }
        return List.copyOf(entries);
    }
}
