package org.hotbackup.device;

import java.io.IOException;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeDeviceDefinition;

/** What a user is told of a device that does not work. */
final class DeviceTrouble {

    private DeviceTrouble() {}

    /** It cannot be read or written, with the reason. */
    static Refusal unusable(TapeDeviceDefinition device, IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new Refusal(MessageCode.TAPE_DEVICE_UNUSABLE, device.name(), reason, device.path());
    }
}
