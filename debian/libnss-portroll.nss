services after=files portroll
