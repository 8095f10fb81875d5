"""What people see and touch: the only package, with the pages, that knows Streamlit and Plotly."""
