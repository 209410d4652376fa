package io.tandem.routing.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A realm that an account answers on.
 *
 * @param domain host name in small letters, unique on the whole platform.
 * @param primary whether it stands for the account where one of its domains is needed; at most one of an account.
 * @param algorithms digest algorithms offered to its phones, in this order; the same for all, so that none can be told apart (D8).
 */
public record Domain(
        ResourceId id, ResourceId accountId, String domain, boolean primary, List<DigestAlgorithm> algorithms) implements Resource {

    private static final int LABEL_MAX = 63;
    private static final int NAME_MAX = 253;

    /** Copies the list. */
    public Domain {
        algorithms = List.copyOf(algorithms);
    }

    /** Reads one and reports what is wrong with it. */
    public static Domain read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String domain = fields.required("domain").toLowerCase(Locale.ROOT);
        if (!domain.isEmpty() && !isHostName(domain)) {
            fields.refuse(
                    "domain",
                    "must be a host name of letters, digits, dots and dashes, or an IPv4 address",
                    "write it like pbx.example.com");
        }
        final Domain read = new Domain(
                fields.identity(ResourceKind.DOMAINS, domain),
                account,
                domain,
                fields.flag("is_primary", false),
                readAlgorithms(fields));
        fields.finish();
        return read;
    }

    @Override
    public List<UniqueName> names() {
        final UniqueName own = new UniqueName(ResourceKind.DOMAINS, "domain", ResourceId.NIL, domain);
        return primary
                ? List.of(own, new UniqueName(ResourceKind.DOMAINS, "is_primary", accountId, "primary"))
                : List.of(own);
    }

    @Override
    public String reliedOn(final Resource before) {
        return before instanceof Domain other && !domain.equals(other.domain)
                ? "domain"
                : Resource.super.reliedOn(before);
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.DOMAINS.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("domain", domain);
        json.flag("is_primary", primary);
        json.texts(
                "digest_algorithms",
                algorithms.stream().map(DigestAlgorithm::token).toList());
        return json.finish();
    }

    private static List<DigestAlgorithm> readAlgorithms(final Fields fields) {
        final List<DigestAlgorithm> algorithms = new ArrayList<>();
        for (final String token : fields.texts("digest_algorithms")) {
            final DigestAlgorithm algorithm = DigestAlgorithm.ofToken(token);
            if (algorithm == null || algorithms.contains(algorithm)) {
                fields.refuse(
                        "digest_algorithms",
                        "must hold MD5, SHA-256 or SHA-512-256, each at most once: " + token,
                        "write them like [\"SHA-256\",\"MD5\"]");
            } else {
                algorithms.add(algorithm);
            }
        }
        return algorithms.isEmpty() ? List.of(DigestAlgorithm.MD5) : algorithms;
    }

    private static boolean isHostName(final String text) {
        if (text.length() > NAME_MAX) {
            return false;
        }
        for (final String label : text.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > LABEL_MAX || label.startsWith("-") || label.endsWith("-")) {
                return false;
            }
            for (int i = 0; i < label.length(); i++) {
                final char c = label.charAt(i);
                if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
                    return false;
                }
            }
        }
        return true;
    }
}
