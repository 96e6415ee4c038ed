"""The least that a PySide6 program can show: what ``start`` is measured against."""

import sys

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

application = QApplication(sys.argv[:1])
window = QMainWindow()
window.setCentralWidget(QLabel("pmvoice"))
window.show()
sys.exit(application.exec())
