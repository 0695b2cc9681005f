package dev.headroom.account;

/** Invited until the first sign-in that the vendor tells of. */
public enum MemberState {
    INVITED,
    ACTIVE
}
