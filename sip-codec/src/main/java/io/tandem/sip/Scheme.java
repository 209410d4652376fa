package io.tandem.sip;

/** URI schemes that the appliance can route to. */
public enum Scheme {
    SIP,
    SIPS,
    TEL,
    /** Any other absolute URI. */
    OTHER
}
