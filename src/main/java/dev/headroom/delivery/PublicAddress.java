package dev.headroom.delivery;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Which addresses everybody can reach, so that sending there shows nobody what only this machine can. */
final class PublicAddress {

    private PublicAddress() {}

    static boolean is(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isSiteLocalAddress() || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublic(at(bytes, 0), at(bytes, 1), at(bytes, 2)) : isPublic(bytes);
    }

    /** Without this network, those shared behind a provider, for tests and documentation, and what is reserved. */
    private static boolean isPublic(int first, int second, int third) {
        boolean shared = first == 100 && second >= 64 && second < 128;
        boolean tests = first == 198 && (second == 18 || second == 19 || second == 51 && third == 100) || first == 203 && second == 0 && third == 113;
        boolean assigned = first == 192 && second == 0 && (third == 0 || third == 2);
        return first != 0 && first < 224 && !shared && !tests && !assigned;
    }

    /** Only what is given out as global unicast, 2000::/3, and in it nothing that carries an address of version 4 (6to4, Teredo), or is for documentation. */
    private static boolean isPublic(byte[] bytes) {
        int first = at(bytes, 0) << 8 | at(bytes, 1);
        int second = at(bytes, 2) << 8 | at(bytes, 3);
        boolean global = first >> 13 == 1;
        return global && first != 0x2002 && !(first == 0x2001 && (second == 0 || second == 0xdb8)) && first != 0x3fff;
    }

    private static int at(byte[] bytes, int index) {
        return Byte.toUnsignedInt(bytes[index]);
    }
}
