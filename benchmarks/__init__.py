"""What the program is measured with: how fast it is, how right, how steady."""

import os

from pmvoice.__main__ import FOR_LIBRARIES

os.environ.update(FOR_LIBRARIES)  # as the program itself does, before it imports them
