"""What the worker drives inside a Python context. Scripts use pulzarcore and pulzarutils instead."""
