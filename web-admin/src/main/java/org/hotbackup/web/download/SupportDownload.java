package org.hotbackup.web.download;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.SupportPart;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.web.rest.Problem;

/** What support needs to know of the node, as a zip. */
@WebServlet("/download/support")
public class SupportDownload extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Inject
    transient ControlDirectory control;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            List<SupportPart> parts = control.node().support();
            response.setContentType("application/zip");
            response.setHeader(
                    "Content-Disposition",
                    "attachment; filename=\"support-" + control.node().getName() + ".zip\"");
            SupportPart.zip(parts, response.getOutputStream());
        } catch (Refusal e) {
            Problem.of(e.code(), e.getMessage()).sendTo(response);
        }
    }
}
