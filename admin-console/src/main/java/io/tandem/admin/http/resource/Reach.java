package io.tandem.admin.http.resource;

import io.tandem.admin.http.key.Credential;
import io.tandem.admin.view.ConfigurationDesk;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.Account;
import io.tandem.routing.model.AccountStatus;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which accounts a credential reaches: its own, if that is a reseller's all below it, an operator's all of them. Of one
 * request; remembers what it looked up.
 */
final class Reach {
    private static final int REMEMBERED_MAX = 10_000;

    private final ConfigurationDesk desk;
    private final ResourceId own;
    private final boolean reseller;
    private final Map<ResourceId, Boolean> known = new LinkedHashMap<>();

    Reach(final ConfigurationDesk desk, final Credential who) {
        this.desk = desk;
        own = who.account();
        final Account account = who.isOperator() ? null : account(own);
        reseller = account != null && account.reseller();
    }

    boolean isEverything() {
        return own.isNil();
    }

    /** Whether only the own account is reached. */
    boolean isOwnOnly() {
        return !own.isNil() && !reseller;
    }

    ResourceId own() {
        return own;
    }

    boolean includes(final ResourceId account) {
        if (own.isNil() || own.equals(account)) {
            return true;
        }
        if (!reseller) {
            return false;
        }
        if (known.size() >= REMEMBERED_MAX) {
            known.clear();
        }
        return known.computeIfAbsent(account, this::isBelow);
    }

    /** Whether the own account and all above it are active. */
    boolean isInService() {
        ResourceId next = own;
        for (int depth = 0; depth < Account.DEPTH_MAX && !next.isNil(); depth++) {
            final Account account = account(next);
            if (account == null || account.status() != AccountStatus.ACTIVE) {
                return false;
            }
            next = account.parentId();
        }
        return true;
    }

    private boolean isBelow(final ResourceId account) {
        ResourceId next = account;
        for (int depth = 0; depth < Account.DEPTH_MAX && !next.isNil(); depth++) {
            if (next.equals(own)) {
                return true;
            }
            final Account above = account(next);
            next = above == null ? ResourceId.NIL : above.parentId();
        }
        return false;
    }

    private Account account(final ResourceId id) {
        final StoredResource stored = desk.find(ResourceKind.ACCOUNTS, id);
        return stored != null && stored.resource() instanceof Account account ? account : null;
    }
}
