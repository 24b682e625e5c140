"""Returns saved by LibreOffice in other formats, and the script that remakes them."""
