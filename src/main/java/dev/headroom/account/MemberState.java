package dev.headroom.account;

/** Invited until the vendor tells of the first activity; an invitation does not end by itself. */
public enum MemberState {
    INVITED,
    ACTIVE
}
