"""What each screen runs; beside a folder `pages/` Streamlit would list that folder by itself."""

from alignment.ui import frame

frame.show()
