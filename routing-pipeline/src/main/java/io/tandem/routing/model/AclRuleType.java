package io.tandem.routing.model;

/** What an access rule says about a source. */
public enum AclRuleType {
    /** Calls from these addresses may come. */
    IP_ALLOW,
    /** Calls from these addresses may not come. */
    IP_DENY,
    /** Calls from addresses in this country may come. */
    GEO_ALLOW,
    /** Calls from addresses in this country may not come. */
    GEO_DENY;

    /** Whether it is about a country. */
    public boolean isGeo() {
        return this == GEO_ALLOW || this == GEO_DENY;
    }

    /** Whether it lets calls in. */
    public boolean allows() {
        return this == IP_ALLOW || this == GEO_ALLOW;
    }
}
