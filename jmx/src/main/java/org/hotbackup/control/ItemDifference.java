package org.hotbackup.control;

import javax.management.ConstructorParameters;

/**
 * An item that is not the same on master and slave.
 *
 * @param path its section, as {@code account,file}
 * @param id its id, for people
 * @param bytesOnMaster the length of its body there, -1 if it is only on the slave
 * @param sha256OnMaster of its body there, in hex; empty if it is only on the slave
 * @param bytesOnSlave the length of its body there, -1 if it is only on the master
 * @param sha256OnSlave of its body there, in hex; empty if it is only on the master
 */
public record ItemDifference(
        String path, String id, int bytesOnMaster, String sha256OnMaster, int bytesOnSlave, String sha256OnSlave) {

    /** For MXBean tools. */
    @ConstructorParameters({"path", "id", "bytesOnMaster", "sha256OnMaster", "bytesOnSlave", "sha256OnSlave"})
    public ItemDifference {}

    public String getPath() {
        return path;
    }

    public String getId() {
        return id;
    }

    public int getBytesOnMaster() {
        return bytesOnMaster;
    }

    public String getSha256OnMaster() {
        return sha256OnMaster;
    }

    public int getBytesOnSlave() {
        return bytesOnSlave;
    }

    public String getSha256OnSlave() {
        return sha256OnSlave;
    }

    /** One line for scripts. */
    @Override
    public String toString() {
        return TextLine.of(path, id, bytesOnMaster, sha256OnMaster, bytesOnSlave, sha256OnSlave);
    }
}
